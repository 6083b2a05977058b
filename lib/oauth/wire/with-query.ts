/** Adds to the query of an address and keeps the registered part as it is (RFC 6749 §3.1.2). */
export function withQuery(uri: string, parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parameters);
  if (!uri.includes("?")) return `${uri}?${query}`;
  return `${uri}${/[?&]$/.test(uri) ? "" : "&"}${query}`;
}
