import { localeNames, type OfferedLocale, offeredLocales } from "@/lib/messages/locales";

/** A language to choose: its BCP 47 tag and its name. */
export interface LanguageChoice {
  value: string;
  label: string;
}

/**
 * The languages of the screens, each in its own name, plus the chosen one, which may be another. Null if there is only
 * one: then there is nothing to choose, and users write the tag of theirs.
 */
export function listLanguages(
  chosen: string | null,
  readerLocale: string,
  offered: readonly OfferedLocale[] = offeredLocales,
): LanguageChoice[] | null {
  if (offered.length < 2) return null;
  const languages = offered.map((value) => ({ value: value as string, label: localeNames[value] as string }));
  if (chosen === null || languages.some(({ value }) => value === chosen)) return languages;
  const name = new Intl.DisplayNames([readerLocale], { type: "language" }).of(chosen) ?? chosen;
  return [...languages, { value: chosen, label: name === chosen ? chosen : `${name} (${chosen})` }];
}
