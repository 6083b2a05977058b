/** "A, B and C", or as `unit` "A, B, C". English as elsewhere in the world than the United States. */
export function formatList(
  items: Iterable<string>,
  locale: string,
  type: Intl.ListFormatOptions["type"] = "conjunction",
): string {
  return new Intl.ListFormat(locale === "en" ? "en-GB" : locale, { type }).format(items);
}
