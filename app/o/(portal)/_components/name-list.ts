import { localeOf } from "@/lib/messages/catalog";
import type { Locale } from "@/lib/messages/locales";

/** "A, B, C": names beside each other, as the pages of administrators separate them. */
export function nameList(locale: Locale): Intl.ListFormat {
  return new Intl.ListFormat(localeOf("console", locale), { type: "unit" });
}
