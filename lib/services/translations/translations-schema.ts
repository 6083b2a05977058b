import { z } from "zod";
import { offeredLocales } from "@/lib/messages/locales";
import { hasHiddenControl, isVisible } from "@/lib/oauth/wire/displayed-text";

/** What has a name or a description for end users. */
export const translationKinds = ["application", "api", "scope"] as const;
export type TranslationKind = (typeof translationKinds)[number];

/** As long as the text that is translated may be: a description of a scope, or a name. */
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
  const maximum = maximumLengths[kind];
  const text = z
    .string()
    .max(maximum, `Use at most ${maximum} characters.`)
    .refine((value) => !hasHiddenControl(value), "This contains characters that can't be shown.");
  return z.partialRecord(z.enum(offeredLocales as [string, ...string[]]), text);
}

/** Without spaces around a text, and without those that say nothing. */
export function withoutBlanks(texts: Partial<Translations>): Translations {
  const trimmed = Object.entries(texts).map(([locale, text = ""]) => [locale, text.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, text]) => isVisible(text)));
}
