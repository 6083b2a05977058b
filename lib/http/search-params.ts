/** The query of a page, as Next.js passes it. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The value of a parameter that occurs once; a repeated one counts as absent. */
export function readOne(params: Awaited<SearchParams>, name: string): string | undefined {
  const value = params[name];
  return typeof value === "string" ? value : undefined;
}

/** The address of the page at `path` with this query, to come back to. */
export function withQuery(path: string, params: Awaited<SearchParams>): string {
  const pairs = Object.entries(params).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}
