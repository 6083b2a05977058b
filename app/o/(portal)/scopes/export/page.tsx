import type { Metadata } from "next";
import { requirePortalPage } from "@/lib/http/portal-page";
import { getTexts } from "@/lib/messages/request-locale";
import { ExportPage } from "../../_components/export-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("scopes");
  return { title: t("export.title") };
}

export default async function ExportScopesPage() {
  await requirePortalPage("scopes:read", "/o/scopes/export/");
  const t = await getTexts("scopes");
  return <ExportPage current="/o/scopes/" list={t("title")} title={t("export.title")} content={t("export.content")} />;
}
