/**
 * Whether the URL parser accepts a text. Not `URL.canParse`: that of Node.js 20 reads the bytes of a Latin-1 string as
 * UTF-8 once its caller has been optimized, and answers wrongly for any text with an ä in it.
 */
export function isUrl(text: string, base?: string): boolean {
  try {
    new URL(text, base);
    return true;
  } catch {
    return false;
  }
}
