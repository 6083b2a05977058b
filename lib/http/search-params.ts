/** The query of a page, as Next.js passes it. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The value of a parameter that occurs once; a repeated one counts as absent. */
export function readOne(params: Awaited<SearchParams>, name: string): string | undefined {
  const value = params[name];
  return typeof value === "string" ? value : undefined;
}
