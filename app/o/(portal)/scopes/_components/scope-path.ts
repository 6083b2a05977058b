/**
 * A page about one scope. Its name stands in the query: in a path, names such as `..` and `a/b` would lead elsewhere.
 */
export function scopePath(page: "update" | "delete", name: string): string {
  return `/o/scopes/${page}/?${new URLSearchParams({ name })}`;
}

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The name that the page is asked for; empty, and so no scope's, where there is not exactly one. */
export async function readScopeName(searchParams: SearchParams): Promise<string> {
  const { name } = await searchParams;
  return typeof name === "string" ? name : "";
}
