import type { Metadata } from "next";
import { scopePath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { TranslationsPage } from "../../_components/translations-page";
import { readScopeName } from "../_components/scope-path";

interface Props {
  searchParams: SearchParams;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("translations");
  return { title: t("linkCard.title") };
}

export default async function ScopeLanguagesPage({ searchParams }: Props) {
  const name = await readScopeName(searchParams);
  const t = await getTexts("scopes");
  return (
    <TranslationsPage
      object={{ kind: "scope", id: name }}
      current="/o/scopes/"
      list={{ label: t("title"), href: "/o/scopes/" }}
      href={scopePath("update", name)}
      rejected={readOne(await searchParams, "rejected") === "languages"}
    />
  );
}
