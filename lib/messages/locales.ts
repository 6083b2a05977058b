/** The languages offered, by BCP 47 tag, each in its own name; the first is the one that every text is written in. */
export const localeNames = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  "pt-BR": "Português (Brasil)",
  it: "Italiano",
  nl: "Nederlands",
  pl: "Polski",
  tr: "Türkçe",
  ja: "日本語",
  "zh-CN": "简体中文",
} as const;

export type OfferedLocale = keyof typeof localeNames;

/** Long, accented and written from right to left: shows what has no message and what doesn't fit. Never offered. */
export const pseudoLocale = "ar-XB";

export type Locale = OfferedLocale | typeof pseudoLocale;

export const offeredLocales = Object.keys(localeNames) as OfferedLocale[];

export const defaultLocale = "en" satisfies OfferedLocale;

export function isOfferedLocale(tag: unknown): tag is OfferedLocale {
  return typeof tag === "string" && Object.hasOwn(localeNames, tag);
}

export function directionOf(locale: Locale): "ltr" | "rtl" {
  return locale === pseudoLocale ? "rtl" : "ltr";
}
