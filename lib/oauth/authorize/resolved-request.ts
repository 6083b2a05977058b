import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import { OAuthError } from "../wire/errors";
import type { Parameters } from "../wire/parameters";
import { findPushedRequest } from "./pushed-authorization";
import { resolveRequestObject } from "./request-object";

/** What a client asks for, however it came to the authorization endpoint. */
export interface ResolvedRequest {
  parameters: Parameters;
  /** What was wrong with its request object. */
  refusal: OAuthError | null;
  /** Digest of the `request_uri` if it was pushed. */
  pushedHash: string | null;
}

/**
 * The parameters that count: pushed ones (RFC 9126 §4, and with RFC 9101 §5 only the client counts of what stands
 * beside the `request_uri`), those of a request object, or what was sent. A request object that is refused says nothing
 * that could be relied on; what stands beside it says where to send the error, under the rules of every other
 * request.
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
