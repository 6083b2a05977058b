import format, { type CompiledMessage, type FormatValues } from "icu-minify/format";

/** The texts of one file as a browser gets them: by their whole keys. */
export interface CompiledTexts {
  /** The language that they are in. */
  locale: string;
  texts: Readonly<Record<string, CompiledMessage>>;
}

const formatters = {
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...args),
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...args),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...args),
};

/**
 * The text of `key` with its values in place.
 *
 * @throws Error if there is no such text
 */
export function formatText<Element>({ locale, texts }: CompiledTexts, key: string, values?: FormatValues<Element>) {
  const message = texts[key];
  if (message === undefined) throw new Error(`There is no text ${key}.`);
  return format<Element>(message, locale, values, { formatters, timeZone: "UTC" });
}
