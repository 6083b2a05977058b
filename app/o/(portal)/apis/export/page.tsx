import type { Metadata } from "next";
import { requirePortalPage } from "@/lib/http/portal-page";
import { getTexts } from "@/lib/messages/request-locale";
import { ExportPage } from "../../_components/export-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("apis");
  return { title: t("export.title") };
}

export default async function ExportApisPage() {
  await requirePortalPage("apis:read", "/o/apis/export/");
  const t = await getTexts("apis");
  return <ExportPage current="/o/apis/" list={t("title")} title={t("export.title")} content={t("export.content")} />;
}
