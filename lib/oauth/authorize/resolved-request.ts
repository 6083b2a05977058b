import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import { OAuthError } from "../wire/errors";
import type { Parameters } from "../wire/parameters";
import { findPushedRequest } from "./pushed-authorization";
import { resolveRequestObject } from "./request-object";

/** A client's request, no matter how it was sent to the authorization endpoint. */
export interface ResolvedRequest {
  parameters: Parameters;
  /** What was wrong with its request object. */
  refusal: OAuthError | null;
  /** Digest of the `request_uri` if it was pushed. */
  pushedHash: string | null;
}

/**
 * The parameters that count: pushed ones (RFC 9126 §4; by RFC 9101 §5 only the client ID counts beside the
 * `request_uri`), those of a request object, or those that were sent. A refused request object can't be relied on; the
 * parameters beside it decide where the error goes, under the rules of every other request.
 */
export async function resolveRequestParameters(
  context: OAuthContext,
  client: Client,
  sent: Parameters,
  requestUri: string | null,
): Promise<ResolvedRequest> {
  if (requestUri !== null) return { ...(await findPushedRequest(context, client, requestUri)), refusal: null };
  try {
    return { parameters: await resolveRequestObject(context, client, sent), refusal: null, pushedHash: null };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return { parameters: sent, refusal: error, pushedHash: null };
  }
}
