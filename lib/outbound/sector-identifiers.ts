import { z } from "zod";
import { logBounded } from "@/lib/limits/bounded-log";
import { FetchError } from "./fetch-error";
import { fetchPublicJson } from "./fetch-public";
import { toHost } from "./host";

const documentSchema = z.array(z.string());

/**
 * The redirect URIs covered by a `sector_identifier_uri` (OpenID Connect Dynamic Client Registration §5), fetched with
 * the protection of `fetchPublicJson`; null if no such list is available.
 */
export async function fetchSectorIdentifier(uri: string, privateNetworks: readonly string[]): Promise<string[] | null> {
  try {
    const document = await fetchPublicJson(uri, { privateNetworks, cause: "change" });
    const { data } = documentSchema.safeParse(document);
    if (!data) throw new FetchError("not a list of strings");
    return data;
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    // Without the query, which may contain an access key.
    const fields = { uri: uri.split("?")[0], reason: error.message };
    logBounded("warn", fields, "a sector identifier could not be fetched", toHost(uri));
    return null;
  }
}
