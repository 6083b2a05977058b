/** The records the protocol works on. Times are `Date`; `*Hash` fields are unpadded base64url SHA-256 digests. */

export const grantTypes = ["authorization_code", "client_credentials", "refresh_token"] as const;
export type GrantType = (typeof grantTypes)[number];

export type ClientType = "confidential" | "public";

export interface ClientSecret {
  id: string;
  hash: string;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** A registered application as the protocol sees it (RFC 6749 §2). `id` is ours, `clientId` is the wire's. */
export interface Client {
  id: string;
  clientId: string;
  name: string;
  clientType: ClientType;
  grantTypes: readonly string[];
  /** Empty: every scope that is not restricted. */
  allowedScopes: readonly string[];
  redirectUris: readonly string[];
  requirePkce: boolean;
  skipConsent: boolean;
  disabled: boolean;
  /** The live ones only: neither revoked nor, at the time of reading, known to be expired. */
  secrets: readonly ClientSecret[];
}

export interface Scope {
  name: string;
  /** A plain sentence for the consent screen. */
  description: string;
  isDefault: boolean;
  isRestricted: boolean;
}

/** The signed-in person as the caller's session layer vouches for them. */
export interface Session {
  id: string;
  userId: string;
}

export type Decision = "approved" | "denied";

/** A validated authorization request that waits for a person (RFC 6749 §4.1.1). */
export interface AuthorizationRequest {
  idHash: string;
  /** Digest of the browser id that started it; no other browser may go on with it. */
  browserHash: string;
  applicationId: string;
  clientId: string;
  redirectUri: string;
  /** Whether the client named the redirect URI: then the token request must repeat it (RFC 6749 §4.1.3). */
  redirectUriSent: boolean;
  scopes: readonly string[];
  state: string | null;
  codeChallenge: string | null;
  prompts: readonly string[];
  approvalPrompt: "auto" | "force";
  loginHint: string | null;
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
  codeChallenge: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** What descends from one authorization code; revoking it ends every token in it (RFC 9700 §4.14.2). */
export interface TokenFamily {
  id: string;
  applicationId: string;
  userId: string;
  sessionId: string | null;
  codeHash: string;
  createdAt: Date;
  expiresAt: Date;
}

/** `userId` and `familyId` are null where the token stands for the client itself (RFC 6749 §4.4). */
export interface AccessToken {
  tokenHash: string;
  applicationId: string;
  userId: string | null;
  familyId: string | null;
  scopes: readonly string[];
  createdAt: Date;
  expiresAt: Date;
}

export interface RefreshToken {
  tokenHash: string;
  familyId: string;
  scopes: readonly string[];
  createdAt: Date;
  /** Idle lifetime of this very token, never past the family's end. */
  expiresAt: Date;
}

export interface Lifetimes {
  /** All in seconds. */
  authorizationRequest: number;
  authorizationCode: number;
  accessToken: number;
  refreshTokenIdle: number;
  refreshToken: number;
}
