import { admit } from "../ports/admission";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import { isWebOrigin } from "../wire/address-host";
import { InvalidRequestError, OAuthError } from "../wire/errors";
import { readMediaType } from "../wire/media-type";
import type { ClientRequest, ProtocolResponse } from "../wire/messages";
import { Parameters } from "../wire/parameters";
import { type AuthenticatedClient, authenticateClient } from "./client-auth";
import type { VerifiedDpopProof } from "./dpop";

export interface ClientEndpoint<Checked> {
  /** What can be checked before authentication; `answer` gets its result. */
  check(parameters: Parameters): Checked;
  /** How the caller authenticates; by default as a client, by its registered method. */
  authenticate?(context: OAuthContext, request: ClientRequest, parameters: Parameters): Promise<AuthenticatedClient>;
  /** The DPoP proof of the request, at endpoints that take one; null if there is none and none is required. */
  verifyProof?(context: OAuthContext, client: Client, request: ClientRequest): Promise<VerifiedDpopProof | null>;
  answer(context: OAuthContext, client: Client, call: ClientCall<Checked>): Promise<ProtocolResponse>;
}

/** A request whose client has authenticated. */
export interface ClientCall<Checked> {
  request: ClientRequest;
  parameters: Parameters;
  checked: Checked;
  /** Thumbprint of the key that the DPoP proof was made with; null without one. */
  dpopJkt: string | null;
}

/** RFC 6749 §5.1: no response that carries tokens or describes them may be cached. */
export const noStore = { "Cache-Control": "no-store", Pragma: "no-cache" };

/** The headers that clients have to read; beyond a few, a browser hides all others from scripts (Fetch §3.3.4). */
export const exposedHeaders = "DPoP-Nonce, WWW-Authenticate, Retry-After";

/** For scripts of an origin that may read the answer (RFC 9700 §2.6), and those of its headers that clients have to. */
export function corsHeaders(origin: string) {
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": exposedHeaders,
    Vary: "Origin",
  };
}

/**
 * The one pipeline of all endpoints that clients call directly: the shape of the request, `check`, the client, its DPoP
 * proof, the answer. Nothing is used up before both the client and the proof are verified: asked for a nonce, the
 * client sends the same assertion again (RFC 9449 §8). Every `OAuthError` becomes a response (RFC 6749 §5.2); other
 * errors are thrown. `onError` gets the error with its private cause, for the log.
 */
export async function answerClientRequest<Checked>(
  context: OAuthContext,
  request: ClientRequest,
  endpoint: ClientEndpoint<Checked>,
  onError: (error: OAuthError) => void = () => {},
): Promise<ProtocolResponse> {
  let client: Client | null = null;
  try {
    const parameters = parseClientRequest(request);
    const checked = endpoint.check(parameters);
    const authenticated = await (endpoint.authenticate ?? authenticateClient)(context, request, parameters);
    client = authenticated.client;
    const proof = (await endpoint.verifyProof?.(context, client, request)) ?? null;
    // Each of them is stored for a while, in its own row.
    if (proof !== null || client.tokenEndpointAuthMethod === "private_key_jwt") admit(context, "proof", client);
    await authenticated.consume();
    await proof?.consume();
    const call = { request, parameters, checked, dpopJkt: proof?.jkt ?? null };
    return await withCors(context, await endpoint.answer(context, client, call), request, client);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    onError(error);
    return withCors(context, toErrorResponse(error), request, client);
  }
}

export function toErrorResponse(error: OAuthError): ProtocolResponse {
  return {
    status: error.status,
    headers: { ...noStore, ...error.headers },
    body: { error: error.error, error_description: error.description },
  };
}

function parseClientRequest(request: ClientRequest): Parameters {
  // RFC 6749 §2.3.1: credentials MUST NOT be in the request URI: logs and proxies keep it.
  if (request.query !== "") throw new InvalidRequestError("Parameters in the URL are not allowed.");
  if (readMediaType(request.contentType) !== "application/x-www-form-urlencoded") {
    throw new InvalidRequestError("The body must be application/x-www-form-urlencoded.", { status: 415 });
  }
  const parameters = Parameters.parse(request.body);
  parameters.refuseRepeated();
  return parameters;
}

/**
 * RFC 9700 §2.6: scripts may read the answer if the client has named their origin. Until the client is known, the
 * answer is as permissive as the preflight, which names no client either: any application's origin will do. Otherwise a
 * script would see a network failure when its request is malformed. During an outage no origin can be looked up; a
 * request that can be refused without storage still gets its error.
 */
async function withCors(
  { stores }: OAuthContext,
  response: ProtocolResponse,
  { origin }: ClientRequest,
  client: Client | null,
): Promise<ProtocolResponse> {
  if (origin === null || !isWebOrigin(origin)) return response;
  const mayRead = client
    ? client.allowedOrigins.includes(origin)
    : await stores.clients.isAllowedOrigin(origin).catch(() => false);
  return mayRead ? { ...response, headers: { ...response.headers, ...corsHeaders(origin) } } : response;
}
