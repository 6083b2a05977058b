type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The name that the page is asked for; empty, and so no scope's, where there is not exactly one. */
export async function readScopeName(searchParams: SearchParams): Promise<string> {
  const { name } = await searchParams;
  return typeof name === "string" ? name : "";
}
