import { type AuthenticatedClient, acceptedAuthMethods, authenticateClient } from "../client/client-auth";
import { answerClientRequest, type ClientCall } from "../client/client-request";
import { findClient } from "../client/find-client";
import { endpointUri } from "../endpoints";
import { findSubject } from "../openid/subject";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import type { FoundRefreshToken } from "../ports/store";
import { introspectionScope } from "../scope/scope";
import { InvalidClientError, InvalidRequestError, InvalidTokenError, OAuthError } from "../wire/errors";
import type { ClientRequest, ProtocolResponse } from "../wire/messages";
import type { Parameters } from "../wire/parameters";
import { checkBearer, describeRefusal, findScheme, isActive } from "./bearer";
import { describeToken, type Introspection, inactive, toIntrospectionResponse } from "./introspection-response";
import { limitToCaller } from "./introspection-view";
import { findPresentedToken, type PresentedToken, readToken } from "./presented-token";

/**
 * Answers an introspection request (RFC 7662 §2), signed if the caller asks for that (RFC 9701). Servers ask here, not
 * scripts: no origin may read the answers, even if the client has registered it.
 */
export function answerIntrospectionRequest(
  context: OAuthContext,
  request: ClientRequest,
  onError?: (error: OAuthError) => void,
): Promise<ProtocolResponse> {
  const endpoint = { check: readToken, authenticate: authenticateCaller, answer: answerIntrospection };
  return answerClientRequest(context, { ...request, origin: null }, endpoint, onError);
}

/**
 * RFC 7662 §2.1, §4: the caller has to authenticate, or tokens could be guessed: by its credentials, which a public
 * client doesn't have, or by an access token with the scope for it, which shows what the client that it was issued to
 * may see.
 */
async function authenticateCaller(
  context: OAuthContext,
  request: ClientRequest,
  parameters: Parameters,
): Promise<AuthenticatedClient> {
  if (findScheme(request.authorization) !== null) {
    return { client: await authenticateByToken(context, request, parameters), consume: async () => {} };
  }
  const authenticated = await authenticateClient(context, request, parameters);
  if (acceptedAuthMethods(authenticated.client).includes("none")) throw new InvalidClientError("public client");
  return authenticated;
}

/**
 * Refusals are those of any protected resource (RFC 6750 §3, RFC 9449 §7.1): 401, 403 for the scope, with a challenge.
 */
async function authenticateByToken(
  context: OAuthContext,
  request: ClientRequest,
  parameters: Parameters,
): Promise<Client> {
  const { authorization, dpop } = request;
  try {
    if (parameters.has("client_secret") || parameters.has("client_assertion")) {
      throw new InvalidRequestError("More than one authentication method was used.");
    }
    const presented = { authorization, dpop, method: "POST", uri: endpointUri(context.issuer, "introspection") };
    const token = await checkBearer(context, presented, { scopes: [introspectionScope] });
    const client = token && (await findClient(context.stores.clients, token.clientId));
    if (!client) throw new InvalidTokenError();
    return client;
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { status, headers } = describeRefusal(error, findScheme(authorization), null);
    throw new OAuthError(error.error, error.description, { status, headers, cause: error.cause });
  }
}

async function answerIntrospection(
  context: OAuthContext,
  client: Client,
  { parameters, request }: ClientCall<void>,
): Promise<ProtocolResponse> {
  const presented = await findPresentedToken(context, parameters);
  const visible =
    presented && isPresentedActive(presented, context.now()) && (await limitToCaller(context, client, presented));
  const introspection = visible ? await describe(context, visible) : inactive;
  return toIntrospectionResponse(context, client, introspection, request.accept);
}

async function describe(context: OAuthContext, presented: PresentedToken): Promise<Introspection> {
  const subject = await findTokenSubject(context, presented.token);
  return subject === null ? inactive : describeToken(context, presented, subject);
}

/**
 * The subject of a token: for a user the `sub` that the token's application knows, no matter who asks (RFC 9068 §6), a
 * client's own token for the client (§2.2). Null if the application has just been deleted.
 */
async function findTokenSubject(
  context: OAuthContext,
  { clientId, userId, subject, subjectType }: PresentedToken["token"],
): Promise<string | null> {
  if (userId === null) return clientId;
  if (subjectType === "public") return subject;
  const client = await findClient(context.stores.clients, clientId);
  return client && findSubject(context, client, { id: userId, subject });
}

function isPresentedActive(presented: PresentedToken, now: Date): boolean {
  return presented.kind === "access_token" ? isActive(presented.token, now) : isRefreshable(presented.token, now);
}

/** Whether the next refresh would succeed. A rotated one is used up, even within the grace period. */
function isRefreshable(token: FoundRefreshToken, now: Date): boolean {
  return (
    token.rotatedAt === null &&
    token.expiresAt > now &&
    token.familyExpiresAt > now &&
    token.familyRevokedAt === null &&
    !token.applicationDisabled &&
    !token.userDisabled &&
    !token.accessEnded
  );
}
