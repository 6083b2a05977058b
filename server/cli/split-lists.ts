/**
 * Splits a list of addresses at white space, and at commas followed by another address with a scheme and a slash: an
 * address may contain commas too (RFC 3986 §2.2).
 */
export function splitUris(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(/\s*,+\s*(?=[a-z][a-z0-9+.-]*:\/)|,*\s+,*|^,+|,+$/i)).filter(Boolean);
}

/**
 * Splits a list of scopes at white space and commas. The name of a scope may contain a comma (RFC 6749 §3.3): names in
 * `known` are kept whole.
 */
export function splitScopes(values: readonly string[], known: ReadonlySet<string>): string[] {
  const words = values.flatMap((value) => value.split(/\s+/));
  return words.flatMap((word) => (known.has(word) ? [word] : word.split(","))).filter(Boolean);
}
