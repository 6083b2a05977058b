import type { Metadata } from "next";
import { apiPath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { TranslationsPage } from "../../../_components/translations-page";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("translations");
  return { title: t("linkCard.title") };
}

export default async function ApiLanguagesPage({ params, searchParams }: Props) {
  const { id } = await params;
  const t = await getTexts("apis");
  return (
    <TranslationsPage
      object={{ kind: "api", id }}
      current="/o/apis/"
      list={{ label: t("title"), href: "/o/apis/" }}
      href={apiPath(id)}
      rejected={readOne(await searchParams, "rejected") === "languages"}
    />
  );
}
