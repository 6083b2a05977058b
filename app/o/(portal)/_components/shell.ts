/** `value` as one word of a POSIX shell; as it is where nothing in it has a meaning. */
export function quoteForShell(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/**
 * A request with these fields as its body. Credentials are best among them: unlike in the Basic header, curl encodes
 * each of their characters there.
 */
export function curl(url: string, fields: readonly string[], options: readonly string[] = []): string {
  return [`curl ${quoteForShell(url)}`, ...options, ...fields.map(curlField)].join(" \\\n  ");
}

/** A field of a request. One whose value is a variable stands between double quotes, so that the shell fills it in. */
export function curlField(field: string): string {
  const quoted = /^\w+=\$[A-Z_]+$/.test(field) ? `"${field}"` : quoteForShell(field);
  return `--data-urlencode ${quoted}`;
}
