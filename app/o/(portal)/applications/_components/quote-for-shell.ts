/** `value` as one word of a POSIX shell; as it is where nothing in it has a meaning. */
export function quoteForShell(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
