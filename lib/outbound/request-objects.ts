import { logBounded } from "@/lib/bounded-log";
import { env } from "@/lib/env";
import { FetchError } from "./fetch-error";
import { fetchPublicText } from "./fetch-public";
import { toHost } from "./host";

/** RFC 9101 §5.2.3, and what was in use before it. */
const accepted = "application/oauth-authz-req+jwt, application/jwt, text/plain;q=0.5";

/** The request object that a client publishes, under the guard of `fetchPublicText`; null where it can't be had. */
export async function fetchRequestObject(uri: string): Promise<string | null> {
  try {
    return await fetchPublicText(uri, { privateNetworks: env().OUTBOUND_PRIVATE_NETWORKS }, accepted);
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    // Without the query, where some keep a key of access.
    const fields = { uri: uri.split("?")[0], reason: error.message };
    logBounded("warn", fields, "a request object could not be fetched", toHost(uri));
    return null;
  }
}
