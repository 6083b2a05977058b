import { findClient } from "../client/find-client";
import { toNumericDate } from "../keys/sign-jwt";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import type { Session } from "../ports/types";
import { hasValidHost } from "../wire/address-host";
import { UntrustedRequestError } from "../wire/errors";
import { Parameters } from "../wire/parameters";
import { withQuery } from "../wire/with-query";
import { readIdTokenHint } from "./id-token-hint";
import { toSid } from "./session-id";
import { findUserOfSubject } from "./subject";

/** What the parameters of a logout request mean (OpenID Connect RP-Initiated Logout §2). */
export interface LogoutRequest {
  /** The client that asks; null if the request names none. */
  client: Client | null;
  /** Registered for this client, or null. */
  postLogoutRedirectUri: string | null;
  state: string | null;
  /** The request has one of our ID tokens, which proves that its client sent it. */
  hinted: boolean;
  /**
   * The ID token is of the session at this very browser: the request can only be the user's own, so no confirmation is
   * asked for.
   */
  proven: boolean;
}

/**
 * Reads a logout request, a query or a form body.
 * @throws UntrustedRequestError if it contradicts itself or what is registered: then nothing is ended and there is no
 * redirect (§4)
 */
export async function checkLogoutRequest(
  context: OAuthContext,
  text: string,
  session: Session | null,
): Promise<LogoutRequest> {
  const parameters = Parameters.parse(text);
  parameters.refuseRepeated();
  const hint = await readHint(context, parameters.get("id_token_hint"));
  const client = await identifyClient(context, hint, parameters.get("client_id"));
  return {
    client,
    postLogoutRedirectUri: checkPostLogoutRedirectUri(client, parameters.get("post_logout_redirect_uri")),
    state: parameters.get("state") ?? null,
    hinted: hint !== null,
    proven: hint !== null && session !== null && hint.userId === session.userId && isOfSession(hint, session),
  };
}

/** Where the browser goes once the session is over, with the `state` (§3); null if the request names none. */
export function toPostLogoutLocation({ postLogoutRedirectUri, state }: LogoutRequest): string | null {
  if (postLogoutRedirectUri === null || state === null) return postLogoutRedirectUri;
  return withQuery(postLogoutRedirectUri, { state });
}

/** The page of a client that ends its own session in a frame (OpenID Connect Front-Channel Logout §2). */
export function toFrontchannelLocation(issuer: string, uri: string, sid: string): string {
  return withQuery(uri, { iss: issuer, sid });
}

/** The client, the user and the session of an ID token. */
interface Hint {
  client: Client;
  /** Null for a user who was deleted. */
  userId: string | null;
  sid: string | null;
  /** Seconds; null if the ID token doesn't name the time of its sign-in. */
  authTime: number | null;
}

/** ID tokens of clients without a logout URI name no session: there the time of the sign-in identifies it. */
function isOfSession({ sid, authTime, client }: Hint, session: Session): boolean {
  if (sid !== null) return sid === toSid(session.id, client.id);
  return authTime === toNumericDate(session.authenticatedAt);
}

/** §2: an ID token that this server has issued, even if it has expired: sessions outlive it. */
async function readHint(context: OAuthContext, token: string | undefined): Promise<Hint | null> {
  if (token === undefined) return null;
  const hint = await readIdTokenHint(context, token);
  // Ours are made for one client each.
  const [clientId] = hint?.audience.length === 1 ? hint.audience : [];
  const client = clientId === undefined ? null : await findClient(context.stores.clients, clientId);
  const userId = hint && client ? await findUserOfSubject(context, client, hint.sub) : null;
  // A deleted user no longer has a public subject: the ID token still says for which client it was made.
  if (!hint || !client || (userId === null && client.subjectType === "pairwise")) {
    throw new UntrustedRequestError("hint_unproven", {});
  }
  return { client, userId, sid: hint.sid, authTime: hint.authTime };
}

/** §2: a `client_id` beside a hint must be the one that the ID token was issued to. */
async function identifyClient(
  context: OAuthContext,
  hint: Hint | null,
  clientId: string | undefined,
): Promise<Client | null> {
  if (clientId === undefined) return hint?.client ?? null;
  if (hint) {
    if (hint.client.clientId === clientId) return hint.client;
    throw new UntrustedRequestError("hint_of_other_client", { clientId });
  }
  const client = await findClient(context.stores.clients, clientId);
  if (!client) throw new UntrustedRequestError("logout_client_unknown", { clientId });
  return client;
}

/**
 * §3: only to an address that the client has registered, letter by letter. If the client is unknown,
 * there is no redirect, and none to a disabled application either.
 */
function checkPostLogoutRedirectUri(client: Client | null, sent: string | undefined): string | null {
  if (sent === undefined || client === null || client.disabled) return null;
  // An address that was registered before hosts were checked and is no longer allowed counts as not registered.
  if (client.postLogoutRedirectUris.includes(sent) && hasValidHost(sent)) return sent;
  throw new UntrustedRequestError("post_logout_redirect_uri_unregistered", {
    clientId: client.clientId,
    applicationId: client.id,
    redirectUri: sent,
    registeredRedirectUris: client.postLogoutRedirectUris,
  });
}
