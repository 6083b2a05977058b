import type { JWTPayload } from "jose";
import type { Client } from "../client";
import { addSeconds, type OAuthContext } from "../context";
import { signJwt, toNumericDate } from "../sign-jwt";
import type { TokenFamily } from "../types";
import { toAcr } from "./acr";
import { selectClaims } from "./claims";
import { halfHash } from "./hash";
import { toSid } from "./session-id";
import { findSubject, type SubjectClient } from "./subject";

export type IdTokenClient = SubjectClient & Pick<Client, "id" | "idTokenSignedResponseAlg">;

/** What an ID token tells of: who signed in, when and how, and what they allowed. */
export interface Authentication
  extends Pick<TokenFamily, "userId" | "sessionId" | "nonce" | "claims" | "authenticatedAt" | "amr"> {
  /** Issued in the same answer, to be bound to it by `at_hash`. */
  accessToken: string;
}

/**
 * OpenID Connect Core §2, §3.1.3.6. Claims of the scopes are for userinfo to tell (§5.4); here are only those that the
 * `claims` parameter asks for in the ID token.
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
    ...(await findRequestedClaims(context, authentication)),
    iss: context.issuer,
    sub: await findSubject(context, client, userId),
    aud: client.clientId,
    azp: client.clientId,
    iat: toNumericDate(createdAt),
    exp: toNumericDate(addSeconds(createdAt, context.lifetimes.idToken)),
    ...(authenticatedAt === null ? {} : { auth_time: toNumericDate(authenticatedAt) }),
    ...(nonce === null ? {} : { nonce }),
    ...(acr === null ? {} : { acr, amr: [...amr] }),
    at_hash: halfHash(accessToken, algorithm),
    ...(sessionId === null ? {} : { sid: toSid(sessionId, client.id) }),
  };
  return signJwt(context, { algorithm, typ: "JWT", payload });
}

async function findRequestedClaims(
  context: OAuthContext,
  { userId, claims }: Pick<Authentication, "userId" | "claims">,
): Promise<object> {
  if (!claims?.id_token) return {};
  const person = await context.stores.people.findClaims(userId);
  return person ? selectClaims(person, { scopes: [], requested: claims.id_token }) : {};
}
