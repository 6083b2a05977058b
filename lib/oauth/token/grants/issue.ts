import { randomUUID } from "node:crypto";
import type { SubjectClient } from "../../openid/subject";
import type { Client } from "../../ports/client";
import { addSeconds, type OAuthContext } from "../../ports/context";
import type { AccessToken, RefreshToken, TokenFamily } from "../../ports/types";
import { digest, randomToken } from "../../wire/digest";
import type { AccessTokenTarget } from "./access-token-target";
import { signAccessToken } from "./jwt-access-token";

/** What a grant returns: the tokens in the clear, only for the response. */
export interface IssuedTokens {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  scopes: readonly string[];
  refreshToken: string | null;
  /** If OpenID was granted to an application that acts for a user (OpenID Connect Core §3.1.3.3). */
  idToken: string | null;
  /** Whether the access token needs a proof (RFC 9449 §5). */
  dpopJkt: string | null;
}

/** What the request has proved besides the client: the key of its DPoP proof. */
export interface TokenBinding {
  dpopJkt: string | null;
}

export interface AccessTokenGrant extends AccessTokenTarget {
  client: Pick<Client, "id" | "securityProfile" | "groupsInTokens"> & SubjectClient;
  /** Null for the client's own token (RFC 6749 §4.4). `granted`: what the user allowed, at whatever API. */
  family: (Pick<TokenFamily, "id" | "userId" | "expiresAt"> & { granted: readonly string[] }) | null;
  binding: TokenBinding;
}

export interface CreatedAccessToken {
  token: string;
  record: AccessToken;
  /** Seconds. */
  expiresIn: number;
}

/**
 * An access token, opaque unless every API it is for wants a JWT. It lives as long as the strictest of them allows, and
 * no longer than its family.
 */
export async function createAccessToken(
  context: OAuthContext,
  grant: AccessTokenGrant,
  createdAt: Date,
): Promise<CreatedAccessToken> {
  const { client, family, scopes, apis, audience, binding } = grant;
  const lifetime = Math.min(...apis.map((api) => api.accessTokenLifetime ?? context.settings.accessTokenLifetime));
  const wanted = addSeconds(createdAt, Number.isFinite(lifetime) ? lifetime : context.settings.accessTokenLifetime);
  const expiresAt = family && family.expiresAt < wanted ? family.expiresAt : wanted;
  const record: Omit<AccessToken, "tokenHash"> = {
    applicationId: client.id,
    userId: family?.userId ?? null,
    familyId: family?.id ?? null,
    scopes,
    audience,
    dpopJkt: binding.dpopJkt,
    jti: randomUUID(),
    createdAt,
    expiresAt,
  };
  const isJwt = apis.length > 0 && apis.every(({ tokenFormat }) => tokenFormat === "jwt");
  const token = isJwt ? await signAccessToken(context, record, client, family?.granted ?? []) : randomToken();
  const expiresIn = Math.floor((expiresAt.getTime() - createdAt.getTime()) / 1000);
  return { token, record: { ...record, tokenHash: digest(token) }, expiresIn };
}

/** The idle lifetime starts now and never exceeds the end of the family (RFC 9700 §4.14.2). */
export function findIdleEnd(context: OAuthContext, familyExpiresAt: Date, now: Date): Date {
  const idleUntil = addSeconds(now, context.settings.refreshTokenIdleLifetime);
  return idleUntil < familyExpiresAt ? idleUntil : familyExpiresAt;
}

export function createRefreshToken(
  context: OAuthContext,
  grant: Pick<RefreshToken, "familyId" | "scopes">,
  familyExpiresAt: Date,
  createdAt: Date,
): { token: string; record: RefreshToken } {
  const token = randomToken();
  const expiresAt = findIdleEnd(context, familyExpiresAt, createdAt);
  return { token, record: { ...grant, tokenHash: digest(token), jti: randomUUID(), createdAt, expiresAt } };
}

/** What a user has granted by an authorization code or a device code. */
export interface AuthorizationGrant
  extends Pick<
    TokenFamily,
    "userId" | "sessionId" | "codeHash" | "resources" | "nonce" | "claims" | "authenticatedAt" | "amr"
  > {
  scopes: readonly string[];
}

/** The family that begins with the redemption of an authorization code or a device code. */
export function createTokenFamily(
  context: OAuthContext,
  client: Client,
  granted: AuthorizationGrant,
  binding: TokenBinding,
  createdAt: Date,
): TokenFamily {
  const { userId, sessionId, codeHash, resources, nonce, claims, authenticatedAt, amr } = granted;
  return {
    id: randomUUID(),
    applicationId: client.id,
    userId,
    sessionId,
    codeHash,
    resources,
    // RFC 9449 §5: a public client's refresh tokens are bound to its key; those of others are to their credentials.
    dpopJkt: client.clientType === "public" ? binding.dpopJkt : null,
    endsWithSession: granted.scopes.includes("openid") && !granted.scopes.includes("offline_access"),
    nonce,
    claims,
    authenticatedAt,
    amr,
    createdAt,
    expiresAt: addSeconds(createdAt, context.settings.refreshTokenLifetime),
  };
}
