import { answerClientRequest, type ClientEndpoint, noStore } from "../client/client-request";
import { dpopNonce, verifyDpopProof } from "../client/dpop";
import { limitLifetime } from "../client/fapi";
import { endpointUri } from "../endpoints";
import { admit } from "../ports/admission";
import type { Client } from "../ports/client";
import { addSeconds, type OAuthContext } from "../ports/context";
import { digest, randomToken } from "../wire/digest";
import {
  type Diagnosis,
  InvalidDpopProofError,
  InvalidRequestError,
  type OAuthError,
  UntrustedRequestError,
} from "../wire/errors";
import type { ClientRequest, ProtocolResponse } from "../wire/messages";
import { Parameters } from "../wire/parameters";
import { formatAuthorizationRequest } from "./authorization-parameters";
import { checkAuthorizationRequest } from "./authorization-request";
import { pushedRequestPrefix } from "./checks/pushed-request";
import { type CheckedRedirectUri, checkRedirectUri } from "./checks/redirect-uri";
import { resolveRequestObject } from "./request-object";

/** Seconds that the clocks of our own processes may differ. */
const clockSkew = 60;

/**
 * Answers a pushed authorization request (RFC 9126 §2): the client sends its request before any browser is involved.
 */
export function answerPushedAuthorizationRequest(
  context: OAuthContext,
  request: ClientRequest,
  onError?: (error: OAuthError) => void,
): Promise<ProtocolResponse> {
  return answerClientRequest(context, request, endpoint, onError);
}

const endpoint: ClientEndpoint<void> = {
  check(parameters) {
    // RFC 9126 §2.1.
    if (parameters.has("request_uri")) throw new InvalidRequestError("A pushed request can't have a request_uri.");
  },
  async verifyProof(context, { securityProfile }, { dpop }) {
    if (dpop === null) return null;
    const target = { method: "POST", uri: endpointUri(context.issuer, "pushedAuthorization") };
    return verifyDpopProof(context, { proof: dpop, ...target, securityProfile });
  },
  async answer(context, client, { parameters, dpopJkt }) {
    // RFC 9126 §3: a request object is the pushed request. It isn't compared with the parameters beside it.
    const opened = await resolveRequestObject(context, client, parameters);
    checkProvenKey(opened, dpopJkt);
    await checkAuthorizationRequest(context, client, await checkPushedRedirectUri(context, client, opened), opened);
    const lifetime = limitLifetime(
      client,
      "pushedAuthorizationRequest",
      context.settings.pushedAuthorizationRequestLifetime,
    );
    const requestUri = await store(context, client, opened, { dpopJkt, lifetime });
    return {
      status: 201,
      headers: dpopJkt === null ? noStore : { ...noStore, "DPoP-Nonce": dpopNonce(context) },
      body: { request_uri: requestUri, expires_in: lifetime },
    };
  },
};

/**
 * The parameters of a pushed request, which only its client can use (RFC 9126 §4), and the digest that identifies it.
 * They are checked again like those of any other request: what they refer to may have been removed meanwhile.
 */
export async function findPushedRequest(
  context: OAuthContext,
  client: Client,
  requestUri: string,
): Promise<{ parameters: Parameters; pushedHash: string }> {
  const found = await context.stores.pushedRequests.find(digest(requestUri), client.id, context.now());
  if (found) return { parameters: Parameters.parse(found.parameters), pushedHash: found.idHash };
  throw gone({ clientId: client.clientId, applicationId: client.id });
}

/**
 * Uses up a pushed request just before its answer is sent: there is one answer, however often it was opened (RFC 9126
 * §7.3). Not when it is opened: a browser that prefetches the address, or a user who reloads the page, would use it up
 * for nothing (FAPI 2.0 Security Profile §5.3.2.2 note 3).
 */
export async function consumePushedRequest(context: OAuthContext, pushedHash: string | null): Promise<void> {
  if (pushedHash === null) return;
  const { pushedAuthorizationRequestLifetime, authorizationRequestLifetime } = context.settings;
  // By then nothing that began with it is pending.
  const forgottenAt = addSeconds(
    context.now(),
    pushedAuthorizationRequestLifetime + authorizationRequestLifetime + clockSkew,
  );
  const isFirst = await context.stores.usedJtis.use(`pushed request ${pushedHash}`, forgottenAt);
  if (!isFirst) throw gone({});
  await context.stores.pushedRequests.remove(pushedHash);
}

function gone(diagnosis: Diagnosis): UntrustedRequestError {
  return new UntrustedRequestError("request_gone", diagnosis, {
    error: "invalid_request_uri",
  });
}

/** RFC 9449 §10.1: a proof binds the code to its key, as `dpop_jkt` does; if both are there, they agree. */
function checkProvenKey(opened: Parameters, dpopJkt: string | null): void {
  const asked = opened.get("dpop_jkt");
  if (dpopJkt === null || asked === undefined || asked === dpopJkt) return;
  throw new InvalidDpopProofError("key of another dpop_jkt");
}

/**
 * No user sees this answer, so it is an error for the client (RFC 9126 §2.3). Under a security profile there is no
 * default to fall back on (FAPI 2.0 Security Profile §5.3.2.2 no. 6).
 */
async function checkPushedRedirectUri(
  context: OAuthContext,
  client: Client,
  parameters: Parameters,
): Promise<CheckedRedirectUri> {
  if (client.securityProfile !== null && !parameters.has("redirect_uri")) {
    throw new InvalidRequestError("The parameter redirect_uri is missing.");
  }
  try {
    return await checkRedirectUri(context, client, parameters);
  } catch (error) {
    if (!(error instanceof UntrustedRequestError)) throw error;
    throw new InvalidRequestError("The redirect_uri is missing or not registered.");
  }
}

async function store(
  context: OAuthContext,
  client: Client,
  opened: Parameters,
  { dpopJkt, lifetime }: { dpopJkt: string | null; lifetime: number },
): Promise<string> {
  const parameters = new URLSearchParams(formatAuthorizationRequest(opened));
  // Credentials of this one request; they aren't parameters of the authorization request.
  parameters.delete("client_id");
  if (dpopJkt !== null) parameters.set("dpop_jkt", dpopJkt);
  const text = parameters.toString();
  admit(context, "pushed_request", client, text.length);
  const requestUri = `${pushedRequestPrefix}${randomToken()}`;
  const createdAt = context.now();
  await context.stores.pushedRequests.create({
    idHash: digest(requestUri),
    applicationId: client.id,
    parameters: text,
    createdAt,
    expiresAt: addSeconds(createdAt, lifetime),
  });
  return requestUri;
}
