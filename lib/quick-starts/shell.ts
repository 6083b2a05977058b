/** Quotes `value` as one word of a POSIX shell; unchanged if it contains no special characters. */
export function quoteForShell(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/**
 * A request with these fields in its body. Credentials belong among them: unlike in the Basic header, curl encodes all
 * their characters there.
 */
export function curl(url: string, fields: readonly string[], options: readonly string[] = []): string {
  return [`curl ${quoteForShell(url)}`, ...options, ...fields.map(curlField)].join(" \\\n  ");
}

/** A field of a request. If its value is a variable it is in double quotes, so that the shell expands it. */
export function curlField(field: string): string {
  const quoted = /^\w+=\$[A-Z_]+$/.test(field) ? `"${field}"` : quoteForShell(field);
  return `--data-urlencode ${quoted}`;
}
