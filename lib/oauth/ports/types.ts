import type { ClaimsRequest } from "../wire/claims-request";

/** The records the protocol works on. Times are `Date`; `*Hash` fields are unpadded base64url SHA-256 digests. */

/** RFC 8628 §3.4. */
export const deviceCodeGrant = "urn:ietf:params:oauth:grant-type:device_code";

export const grantTypes = ["authorization_code", "client_credentials", "refresh_token", deviceCodeGrant] as const;
export type GrantType = (typeof grantTypes)[number];

export interface Scope {
  name: string;
  /** A plain sentence for the consent screen. */
  description: string;
  isDefault: boolean;
  isRestricted: boolean;
}

/** A protected resource that tokens can be restricted to (RFC 8707). */
export interface Api {
  id: string;
  /** The `resource` of a request and the `aud` of a token. */
  identifier: string;
  scopes: readonly string[];
  tokenFormat: "opaque" | "jwt";
  /** Seconds; null: the server's own. */
  accessTokenLifetime: number | null;
}

/** The signed-in user, as established by the caller's session layer. */
export interface Session {
  id: string;
  userId: string;
  /** When and how they last authenticated (RFC 8176). */
  authenticatedAt: Date;
  amr: readonly string[];
}

/** Those ending in `jwt` are signed (JARM §2.3); `jwt` alone stands for `query.jwt`, as there is only `code`. */
export const responseModes = [
  "query",
  "fragment",
  "form_post",
  "query.jwt",
  "fragment.jwt",
  "form_post.jwt",
  "jwt",
] as const;
export type ResponseMode = (typeof responseModes)[number];

export type Decision = "approved" | "denied";

/** A validated authorization request that waits for a person (RFC 6749 §4.1.1). */
export interface AuthorizationRequest {
  idHash: string;
  /** Digest of the ID of the browser that started it; no other browser may continue it. */
  browserHash: string;
  applicationId: string;
  clientId: string;
  redirectUri: string;
  /** Whether the client named the redirect URI: then the token request must repeat it (RFC 6749 §4.1.3). */
  redirectUriSent: boolean;
  scopes: readonly string[];
  /** RFC 8707; empty: no particular API. */
  resources: readonly string[];
  state: string | null;
  codeChallenge: string | null;
  /** RFC 9449 §10. */
  dpopJkt: string | null;
  responseMode: ResponseMode;
  /** Seconds. */
  maxAge: number | null;
  prompts: readonly string[];
  approvalPrompt: "auto" | "force";
  loginHint: string | null;
  uiLocales: string | null;
  nonce: string | null;
  /**
   * OpenID Connect Core §5.5: those that the client may have, each covered by a scope that the user is asked to allow.
   */
  claims: ClaimsRequest | null;
  acrValues: readonly string[];
  /** The classes of which one is a condition (§5.5.1.1); empty: none is. */
  requiredAcrValues: readonly string[];
  display: string | null;
  claimsLocales: string | null;
  /** The user that the answer must be about: from `id_token_hint`, or from a `sub` that `claims` requests. */
  requiredUserId: string | null;
  createdAt: Date;
  expiresAt: Date;
  authenticatedSessionId: string | null;
  decision: Decision | null;
  decidedBySessionId: string | null;
}

export interface AuthorizationCode {
  codeHash: string;
  applicationId: string;
  userId: string;
  sessionId: string | null;
  redirectUri: string;
  redirectUriSent: boolean;
  scopes: readonly string[];
  resources: readonly string[];
  codeChallenge: string | null;
  /** RFC 9449 §10: the client that redeems it must prove possession of this key. */
  dpopJkt: string | null;
  nonce: string | null;
  claims: ClaimsRequest | null;
  /** When and how the user authenticated; null in a code from before this was recorded. */
  authenticatedAt: Date | null;
  amr: readonly string[];
  createdAt: Date;
  expiresAt: Date;
}

/** RFC 9126. */
export interface PushedAuthorizationRequest {
  /** Of the `request_uri`. */
  idHash: string;
  applicationId: string;
  /** Form-encoded, without the client's credentials. */
  parameters: string;
  createdAt: Date;
  expiresAt: Date;
}

/** A device that waits for someone to allow it (RFC 8628). */
export interface DeviceAuthorization {
  deviceCodeHash: string;
  userCodeHash: string;
  applicationId: string;
  scopes: readonly string[];
  resources: readonly string[];
  createdAt: Date;
  expiresAt: Date;
  /** Seconds between two polls. */
  pollingInterval: number;
}

/**
 * Everything that comes from one authorization code or device code; revoking it ends every token in it (RFC 9700
 * §4.14.2).
 */
export interface TokenFamily {
  id: string;
  applicationId: string;
  userId: string;
  sessionId: string | null;
  /** Of the authorization code or the device code. */
  codeHash: string;
  resources: readonly string[];
  /** RFC 9449 §5: the key that the refresh tokens of a public client are bound to. */
  dpopJkt: string | null;
  /**
   * OpenID was requested without `offline_access`: its refresh tokens end with the session (OpenID Connect Core §11).
   */
  endsWithSession: boolean;
  /** What each ID token of the family repeats (OpenID Connect Core §12.2). */
  nonce: string | null;
  claims: ClaimsRequest | null;
  authenticatedAt: Date | null;
  amr: readonly string[];
  createdAt: Date;
  expiresAt: Date;
}

/** `userId` and `familyId` are null if the token stands for the client itself (RFC 6749 §4.4). */
export interface AccessToken {
  tokenHash: string;
  applicationId: string;
  userId: string | null;
  familyId: string | null;
  scopes: readonly string[];
  /** Identifiers of the APIs it is restricted to; empty: no particular one. */
  audience: readonly string[];
  /** RFC 9449 §6.1. */
  dpopJkt: string | null;
  /** A UUID that identifies the token without revealing it. */
  jti: string;
  createdAt: Date;
  expiresAt: Date;
}

export interface RefreshToken {
  tokenHash: string;
  familyId: string;
  scopes: readonly string[];
  jti: string;
  createdAt: Date;
  /** The idle lifetime of this token, never past the family's end. */
  expiresAt: Date;
}
