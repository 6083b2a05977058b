import type { JSONWebKeySet } from "jose";
import type { ClientSigningAlgorithm, SigningAlgorithm } from "../wire/algorithms";

export type ClientType = "confidential" | "public";

/** RFC 7591 §2 `token_endpoint_auth_method`. No client_secret_jwt: secrets are kept as digests only (docs/adr/0014). */
export const clientAuthMethods = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"] as const;
export type ClientAuthMethod = (typeof clientAuthMethods)[number];

/** What an application is, which decides what its form offers first; the protocol asks for what it may do. */
export const applicationKinds = ["web", "single_page", "native", "machine", "device"] as const;
export type ApplicationKind = (typeof applicationKinds)[number];

/** OpenID Connect Core §8. */
export const subjectTypes = ["public", "pairwise"] as const;
export type SubjectType = (typeof subjectTypes)[number];

/** FAPI 2.0 Security Profile, or Message Signing on top of it. */
export const securityProfiles = ["fapi2_security", "fapi2_message_signing"] as const;
export type SecurityProfile = (typeof securityProfiles)[number];

export interface ClientSecret {
  id: string;
  hash: string;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

declare const unenforced: unique symbol;

/**
 * A client as storage has it, whose settings may be weaker than its security profile. Nothing can be read from it:
 * `findClient` alone makes a `Client` of it, so that no rule goes by what the profile doesn't allow.
 */
export interface RegisteredClient {
  readonly [unenforced]: true;
}

/** A registered application as the protocol sees it (RFC 6749 §2). `id` is ours, `clientId` is the wire's. */
export interface Client {
  id: string;
  clientId: string;
  name: string;
  clientType: ClientType;
  /** Null: it never said. Decides nothing but the port of `localhost` in a redirect URI (RFC 8252 §7.3). */
  kind: ApplicationKind | null;
  grantTypes: readonly string[];
  /** Empty: every scope that is not restricted. */
  allowedScopes: readonly string[];
  redirectUris: readonly string[];
  requirePkce: boolean;
  skipConsent: boolean;
  /**
   * An administrator vouches for where it leads, so an error may redirect there before anyone has signed in (RFC 9700
   * §4.11.2). Never set for an application that registered itself, unless an administrator did.
   */
  redirectsBeforeSignIn: boolean;
  /** Null: either secret method where it is confidential, none where it is public. */
  tokenEndpointAuthMethod: ClientAuthMethod | null;
  /** Public keys of `private_key_jwt`; at most one of these is there. */
  jwks: JSONWebKeySet | null;
  jwksUri: string | null;
  /** RFC 9126 §6. */
  requirePushedAuthorizationRequests: boolean;
  /** RFC 9449 §5.2. */
  dpopBoundAccessTokens: boolean;
  /** Identifier of the API that its access tokens are for if a request names none; null: for nothing in particular. */
  defaultApi: string | null;
  /** Origins whose scripts may read answers meant for this client. */
  allowedOrigins: readonly string[];
  /** What is asked of it as a whole; null: nothing beyond its own settings. */
  securityProfile: SecurityProfile | null;
  /** OpenID Connect Dynamic Client Registration §2. */
  idTokenSignedResponseAlg: SigningAlgorithm;
  /** Null: plain JSON. */
  userinfoSignedResponseAlg: SigningAlgorithm | null;
  /** JARM §3. */
  authorizationSignedResponseAlg: SigningAlgorithm;
  /** RFC 9701 §6. */
  introspectionSignedResponseAlg: SigningAlgorithm;
  /** Null: any that the server takes. */
  requestObjectSigningAlg: ClientSigningAlgorithm | null;
  tokenEndpointAuthSigningAlg: ClientSigningAlgorithm | null;
  /** RFC 9101 §10.5. */
  requireSignedRequestObject: boolean;
  /** Where it publishes request objects (OpenID Connect Core §6.2). */
  requestUris: readonly string[];
  subjectType: SubjectType;
  sectorIdentifierUri: string | null;
  /** Seconds; null: no limit. */
  defaultMaxAge: number | null;
  requireAuthTime: boolean;
  /**
   * Its ID tokens carry the claims of the granted scopes, for clients that never ask userinfo (OpenID Connect Core
   * §5.4). Has no name on the wire: a client that registers itself doesn't get it.
   */
  claimsInIdToken: boolean;
  defaultAcrValues: readonly string[];
  postLogoutRedirectUris: readonly string[];
  backchannelLogoutUri: string | null;
  backchannelLogoutSessionRequired: boolean;
  frontchannelLogoutUri: string | null;
  frontchannelLogoutSessionRequired: boolean;
  /** It registered itself (RFC 7591), so nobody here vouches for what it says of itself. */
  registeredDynamically: boolean;
  disabled: boolean;
  /** It registered itself and has not been used yet: when it is deleted, unless it is used before. Null: it stays. */
  expiresAt: Date | null;
  /** The live ones only: neither revoked nor, at the time of reading, known to be expired. */
  secrets: readonly ClientSecret[];
}

/** For a store, to hand over what it has found. */
export function toRegisteredClient(client: Client): RegisteredClient {
  return client as Client & RegisteredClient;
}
