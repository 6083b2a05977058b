/**
 * Language and script of a BCP 47 tag, with what the tag leaves open: `zh-TW` is written in Hant, `zh-CN` in Hans, and
 * readers of the one are not helped by the other.
 * @throws RangeError if it is no tag
 */
export function toLanguageAndScript(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  return `${language}-${script}`;
}
