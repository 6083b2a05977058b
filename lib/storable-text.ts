const unpaired = /\p{Cs}/gu;

/**
 * What PostgreSQL can store as text: every character but NUL, and whole ones. JSON can say NUL and half of a surrogate
 * pair all the same.
 */
export function isStorable(text: string): boolean {
  return toStorable(text) === text;
}

/** The text, with a mark in place of each character that can't be stored. */
export function toStorable(text: string): string {
  return text.replaceAll("\0", "\uFFFD").replace(unpaired, "\uFFFD");
}
