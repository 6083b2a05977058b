import type { JWTPayload } from "jose";
import { signJwt, toNumericDate } from "../keys/sign-jwt";
import type { Client } from "../ports/client";
import { addSeconds, type OAuthContext } from "../ports/context";
import type { TokenFamily } from "../ports/types";
import { toAcr } from "./acr";
import { listWanted } from "./claims";
import { halfHash } from "./hash";
import { type SidClient, takesSid, toSid } from "./session-id";
import { findSubject, type SubjectClient } from "./subject";
import { findUserClaims } from "./user-claims";

export type IdTokenClient = SubjectClient &
  SidClient &
  Pick<Client, "id" | "idTokenSignedResponseAlg" | "claimsInIdToken" | "groupsInTokens">;

/** What an ID token states: who signed in, when and how, and what they allowed. */
export interface Authentication
  extends Pick<TokenFamily, "userId" | "sessionId" | "nonce" | "claims" | "authenticatedAt" | "amr"> {
  scopes: readonly string[];
  /** Issued in the same answer, to be bound to it by `at_hash`. */
  accessToken: string;
}

/**
 * OpenID Connect Core §2, §3.1.3.6. The claims of the scopes are returned by userinfo (§5.4); the ID token has those
 * that the `claims` parameter requests in it and, if the application is configured so, the claims of the granted scopes
 * as well, all of them or only those of `groups`.
 */
export async function signIdToken(
  context: OAuthContext,
  client: IdTokenClient,
  authentication: Authentication,
  createdAt: Date,
): Promise<string> {
  const { userId, sessionId, nonce, authenticatedAt, amr, accessToken } = authentication;
  const algorithm = client.idTokenSignedResponseAlg;
  const acr = toAcr(amr);
  const payload: JWTPayload = {
    ...(await findOwnClaims(context, client, authentication)),
    iss: context.issuer,
    sub: await findSubject(context, client, { id: userId }),
    aud: client.clientId,
    azp: client.clientId,
    iat: toNumericDate(createdAt),
    exp: toNumericDate(addSeconds(createdAt, context.settings.idTokenLifetime)),
    ...(authenticatedAt === null ? {} : { auth_time: toNumericDate(authenticatedAt) }),
    ...(nonce === null ? {} : { nonce }),
    ...(acr === null ? {} : { acr, amr: [...amr] }),
    at_hash: halfHash(accessToken, algorithm),
    ...(sessionId !== null && takesSid(client) ? { sid: toSid(sessionId, client.id) } : {}),
  };
  return signJwt(context, { algorithm, typ: "JWT", payload });
}

async function findOwnClaims(
  context: OAuthContext,
  { claimsInIdToken, groupsInTokens }: IdTokenClient,
  { userId, claims, scopes }: Pick<Authentication, "userId" | "claims" | "scopes">,
): Promise<object> {
  const included = scopes.filter((scope) => claimsInIdToken || (groupsInTokens && scope === "groups"));
  const wanted = { scopes: included, requested: claims?.id_token };
  if (included.length === 0 && listWanted(wanted).length === 0) return {};
  return (await findUserClaims(context, userId, wanted, "token")) ?? {};
}
