import { z } from "zod";
import { offeredLocales } from "@/lib/messages/locales";
import { displayedLine, readBy } from "../normalized";

/** What has a name or a description for end users. */
export const translationKinds = ["application", "api", "scope"] as const;
export type TranslationKind = (typeof translationKinds)[number];

/** The same limits as for the text that is translated: a scope's description, or a name. */
export const maximumLengths = { application: 100, api: 100, scope: 200 } as const satisfies Record<
  TranslationKind,
  number
>;

/** Texts by language, BCP 47. A language that is left out or empty has none. */
export interface Translations {
  [locale: string]: string;
}

/** The texts in other languages, by language; what is only spaces counts as none. */
export function translationsSchema(kind: TranslationKind) {
  const text = readBy(z.string(), displayedLine(maximumLengths[kind], null));
  return z.partialRecord(z.enum(offeredLocales as [string, ...string[]]), text);
}

/** Without empty ones. */
export function withoutBlanks(texts: Partial<Translations>): Translations {
  return Object.fromEntries(Object.entries(texts).flatMap(([locale, text]) => (text ? [[locale, text]] : [])));
}
