import { readOne, type SearchParams } from "@/lib/http/search-params";

/** The name that the page is asked for; empty, and so no scope's, where there is not exactly one. */
export async function readScopeName(searchParams: SearchParams): Promise<string> {
  return readOne(await searchParams, "name") ?? "";
}
