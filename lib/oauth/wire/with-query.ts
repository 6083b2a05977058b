/** Adds to the query of an address and keeps the registered part as it is (RFC 6749 §3.1.2). */
export function withQuery(uri: string, parameters: Readonly<Record<string, string>>): string {
  const separator = uri.includes("?") ? "&" : "?";
  return `${uri}${/[?&]$/.test(uri) ? "" : separator}${new URLSearchParams(parameters)}`;
}
