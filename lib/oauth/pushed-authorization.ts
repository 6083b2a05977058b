import { checkAuthorizationRequest } from "./authorization-request";
import { pushedRequestPrefix } from "./checks/pushed-request";
import { type CheckedRedirectUri, checkRedirectUri } from "./checks/redirect-uri";
import {
  answerClientRequest,
  type ClientEndpoint,
  type ClientRequest,
  noStore,
  type ProtocolResponse,
} from "./client-request";
import { addSeconds, type OAuthContext } from "./context";
import { digest, randomToken } from "./digest";
import { checkDpopProof, dpopNonce } from "./dpop";
import { InvalidDpopProofError, InvalidRequestError, type OAuthError, UntrustedRequestError } from "./errors";
import { Parameters } from "./parameters";
import type { Client } from "./types";

/** What authenticates the client is for this one request; nothing of it is kept. */
const credentials = ["client_id", "client_secret", "client_assertion", "client_assertion_type"];

/** Answers a pushed authorization request (RFC 9126 §2): the client says what it wants before any browser is involved. */
export function answerPushedAuthorizationRequest(
  context: OAuthContext,
  request: ClientRequest,
  onError?: (error: OAuthError) => void,
): Promise<ProtocolResponse> {
  return answerClientRequest(context, request, endpoint, onError);
}

const endpoint: ClientEndpoint = {
  check(parameters) {
    // RFC 9126 §2.1.
    if (parameters.has("request_uri")) throw new InvalidRequestError("A pushed request can't have a request_uri.");
  },
  async answer(context, client, parameters, request) {
    const proven = await checkBinding(context, parameters, request);
    await checkAuthorizationRequest(context, client, checkPushedRedirectUri(client, parameters), parameters);
    const requestUri = await store(context, client, request.body, proven);
    return {
      status: 201,
      headers: proven === null ? noStore : { ...noStore, "DPoP-Nonce": dpopNonce(context) },
      body: { request_uri: requestUri, expires_in: context.lifetimes.pushedAuthorizationRequest },
    };
  },
};

/**
 * The parameters of a pushed request, which only its client can use, and once (RFC 9126 §4, §7.3). They are checked
 * again like those of any other request: what they name may have been withdrawn meanwhile.
 */
export async function takePushedRequest(
  context: OAuthContext,
  client: Client,
  requestUri: string,
): Promise<Parameters> {
  const taken = await context.stores.pushedRequests.take(digest(requestUri), client.id, context.now());
  if (taken) return Parameters.parse(taken.parameters);
  throw new UntrustedRequestError(
    "This sign-in has expired or was already started once. Go back to the application and start again.",
    { clientId: client.clientId, applicationId: client.id },
    { error: "invalid_request_uri" },
  );
}

/** RFC 9449 §10.1: a proof binds the code to its key, as `dpop_jkt` does; where both are there, they agree. */
async function checkBinding(
  context: OAuthContext,
  parameters: Parameters,
  { dpop }: ClientRequest,
): Promise<string | null> {
  if (dpop === null) return null;
  const { jkt } = await checkDpopProof(context, { proof: dpop, method: "POST", uri: `${context.issuer}/par` });
  if ((parameters.get("dpop_jkt") ?? jkt) !== jkt) throw new InvalidDpopProofError("key of another dpop_jkt");
  return jkt;
}

/** No person reads this answer, so it is in the client's terms (RFC 9126 §2.3). */
function checkPushedRedirectUri(client: Client, parameters: Parameters): CheckedRedirectUri {
  try {
    return checkRedirectUri(client, parameters);
  } catch (error) {
    if (!(error instanceof UntrustedRequestError)) throw error;
    throw new InvalidRequestError("The redirect_uri is missing or not registered.");
  }
}

async function store(context: OAuthContext, client: Client, body: string, jkt: string | null): Promise<string> {
  const parameters = new URLSearchParams(body);
  for (const name of credentials) parameters.delete(name);
  if (jkt !== null) parameters.set("dpop_jkt", jkt);
  const requestUri = `${pushedRequestPrefix}${randomToken()}`;
  const createdAt = context.now();
  await context.stores.pushedRequests.create({
    idHash: digest(requestUri),
    applicationId: client.id,
    parameters: parameters.toString(),
    createdAt,
    expiresAt: addSeconds(createdAt, context.lifetimes.pushedAuthorizationRequest),
  });
  return requestUri;
}
