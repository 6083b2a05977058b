import type { Metadata } from "next";
import { requirePortalPage } from "@/lib/http/portal-page";
import { getTexts } from "@/lib/messages/request-locale";
import { ExportPage } from "../../_components/export-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("initialAccessTokens");
  return { title: t("export.title") };
}

export default async function ExportTokensPage() {
  await requirePortalPage("initial_access_tokens:read", "/o/registration-tokens/export/");
  const t = await getTexts("initialAccessTokens");
  return (
    <ExportPage
      current="/o/registration-tokens/"
      list={t("title")}
      title={t("export.title")}
      content={t("export.content")}
    />
  );
}
