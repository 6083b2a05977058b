import de from "@/messages/de/failure.json";
import en from "@/messages/en/failure.json";
import es from "@/messages/es/failure.json";
import fr from "@/messages/fr/failure.json";
import it from "@/messages/it/failure.json";
import ja from "@/messages/ja/failure.json";
import nl from "@/messages/nl/failure.json";
import pl from "@/messages/pl/failure.json";
import ptBR from "@/messages/pt-BR/failure.json";
import tr from "@/messages/tr/failure.json";
import zhCN from "@/messages/zh-CN/failure.json";
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
