/**
 * Addresses of a list, parted by white space, or by a comma where the next address begins with its scheme and a slash: a
 * comma may stand in an address as well (RFC 3986 §2.2).
 */
export function splitUris(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(/\s*,+\s*(?=[a-z][a-z0-9+.-]*:\/)|,*\s+,*|^,+|,+$/i)).filter(Boolean);
}
