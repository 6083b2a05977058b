import type { Metadata } from "next";
import { applicationPath } from "@/lib/http/paths";
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

export default async function ApplicationLanguagesPage({ params, searchParams }: Props) {
  const { id } = await params;
  const t = await getTexts("applications");
  return (
    <TranslationsPage
      object={{ kind: "application", id }}
      current="/o/applications/"
      list={{ label: t("title"), href: "/o/applications/" }}
      href={applicationPath(id, "settings/")}
      rejected={readOne(await searchParams, "rejected") === "languages"}
    />
  );
}
