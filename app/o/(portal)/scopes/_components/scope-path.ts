import { readOne, type SearchParams } from "@/lib/http/search-params";

/** The scope named in the query; empty, which is no scope, unless there is exactly one. */
export async function readScopeName(searchParams: SearchParams): Promise<string> {
  return readOne(await searchParams, "name") ?? "";
}
