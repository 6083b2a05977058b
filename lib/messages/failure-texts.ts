import de from "@/messages/de/failure.json" with { type: "json" };
import en from "@/messages/en/failure.json" with { type: "json" };
import es from "@/messages/es/failure.json" with { type: "json" };
import fr from "@/messages/fr/failure.json" with { type: "json" };
import it from "@/messages/it/failure.json" with { type: "json" };
import ja from "@/messages/ja/failure.json" with { type: "json" };
import nl from "@/messages/nl/failure.json" with { type: "json" };
import pl from "@/messages/pl/failure.json" with { type: "json" };
import ptBR from "@/messages/pt-BR/failure.json" with { type: "json" };
import tr from "@/messages/tr/failure.json" with { type: "json" };
import zhCN from "@/messages/zh-CN/failure.json" with { type: "json" };
import type { CompiledTexts } from "./compiled-texts";
import { defaultLocale, directionOf, isOfferedLocale, type OfferedLocale } from "./locales";

/** Small and without values, so that they are at hand in the browser when the server can't give any. */
const failures: Readonly<Record<OfferedLocale, Record<string, string>>> = {
  en,
  de,
  fr,
  es,
  "pt-BR": ptBR,
  it,
  nl,
  pl,
  tr,
  ja,
  "zh-CN": zhCN,
};

/** What a document says that nothing of the request is known for, in the language of the browser if it is offered. */
export function failureTexts(browserLanguage: string): {
  texts: CompiledTexts;
  locale: OfferedLocale;
  direction: string;
} {
  const language = browserLanguage.split("-")[0];
  const near = [browserLanguage, language].find(isOfferedLocale) ?? findByLanguage(language) ?? defaultLocale;
  return { texts: { locale: near, texts: failures[near] }, locale: near, direction: directionOf(near) };
}

function findByLanguage(language: string | undefined): OfferedLocale | undefined {
  return Object.keys(failures)
    .filter(isOfferedLocale)
    .find((locale) => locale.split("-")[0] === language);
}
