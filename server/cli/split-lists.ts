/**
 * Addresses of a list, parted by white space, or by a comma where the next address begins with its scheme and a slash:
 * a comma may stand in an address as well (RFC 3986 §2.2).
 */
export function splitUris(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(/\s*,+\s*(?=[a-z][a-z0-9+.-]*:\/)|,*\s+,*|^,+|,+$/i)).filter(Boolean);
}

/**
 * Scopes of a list, parted by white space or commas. A comma may stand in the name of a scope as well (RFC 6749 §3.3):
 * what `known` has stays whole.
 */
export function splitScopes(values: readonly string[], known: ReadonlySet<string>): string[] {
  const words = values.flatMap((value) => value.split(/\s+/));
  return words.flatMap((word) => (known.has(word) ? [word] : word.split(","))).filter(Boolean);
}
