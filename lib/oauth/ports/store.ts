import type { ClaimsRequest } from "../wire/claims-request";
import type { AuditEvent } from "./audit-events";
import type {
  AuthorizationCodeStore,
  AuthorizationRequestStore,
  ConsentStore,
  PushedAuthorizationRequestStore,
  TemporaryRedirectUriStore,
} from "./authorization-stores";
import type { EndedSecret, HashedSecret, RegisteredClient } from "./client";
import type { SecurityProfile, SubjectType } from "./client-choices";
import type { DeviceAuthorizationStore } from "./device-store";
import type { AccessToken, Api, RefreshToken, Scope } from "./types";
import type { GroupStore, SubjectStore, UserStore } from "./user-store";

export type {
  AuthorizationCodeStore,
  AuthorizationRequestStore,
  InitialTokens,
  IssueCondition,
  PushedAuthorizationRequestStore,
  TemporaryRedirectUriStore,
} from "./authorization-stores";
export type { DeviceAuthorizationStore, FoundDeviceAuthorization } from "./device-store";

/**
 * What the core needs from storage. Every method that consumes something returns whether *this* call consumed it, and
 * of any number of parallel calls, in any number of processes, exactly one returns `true`. What a method has
 * acknowledged survives a crash. `testing/store-contract.ts` tests this for each implementation.
 */
export interface Stores {
  clients: ClientStore;
  scopes: ScopeStore;
  consents: ConsentStore;
  requests: AuthorizationRequestStore;
  codes: AuthorizationCodeStore;
  tokens: TokenStore;
  apis: ApiStore;
  pushedRequests: PushedAuthorizationRequestStore;
  temporaryRedirectUris: TemporaryRedirectUriStore;
  devices: DeviceAuthorizationStore;
  users: UserStore;
  groups: GroupStore;
  subjects: SubjectStore;
  usedJtis: UsedJtiStore;
  attempts: AttemptStore;
  audit: AuditLog;
}

export interface ClientStore {
  /** Only for `findClient`. */
  find(clientId: string): Promise<RegisteredClient | null>;
  /** Records when and from which address a secret was last used; callers limit this to about once a minute. */
  recordSecretUse(secretId: string, at: Date, from: string | null): Promise<void>;
  /** Secrets of the client that have ended by `at`; of many, those that were created last. */
  listEndedSecrets(applicationId: string, at: Date): Promise<EndedSecret[]>;
  /** Records when and from which address an ended secret was sent, at most once a minute. True if this call did. */
  recordSecretRefusal(secretId: string, at: Date, from: string | null): Promise<boolean>;
  /**
   * Replaces a hash with another one of the same secret. True if this call replaced it: only while it is the one that
   * was verified.
   */
  renewSecretHash(secretId: string, before: HashedSecret, after: HashedSecret): Promise<boolean>;
  /** Marks the client as used: if it registered itself, it no longer expires. False if it has been deleted. */
  keep(applicationId: string): Promise<boolean>;
  /** Whether any enabled application allows scripts of this origin. */
  isAllowedOrigin(origin: string): Promise<boolean>;
}

export interface ApiStore {
  /** The APIs with these identifiers, in no particular order. */
  find(identifiers: readonly string[]): Promise<Api[]>;
  /** Whether this application is registered as a resource server of all these APIs. */
  isResourceServer(applicationId: string, identifiers: readonly string[]): Promise<boolean>;
}

export interface UsedJtiStore {
  /** True for the first use of `key`, false for every other until `expiresAt`. */
  use(key: string, expiresAt: Date): Promise<boolean>;
}

/** `window` is in seconds. */
export interface AttemptRule {
  limit: number;
  window: number;
}

/** Counters of attempts per time window, for all processes together. */
export interface AttemptStore {
  /** Seconds to wait before another attempt under any of these keys; 0 if there is room. Counts nothing. */
  wait(attempts: readonly (readonly [key: string, rule: AttemptRule])[], now: Date): Promise<number>;
  /**
   * Counts one attempt under each key, or under none: what one rule refuses isn't counted by the others. The seconds to
   * wait, 0 if all have room.
   */
  count(attempts: readonly (readonly [key: string, rule: AttemptRule])[], now: Date): Promise<number>;
}

export interface ScopeStore {
  /** Every scope, by name. */
  list(): Promise<Scope[]>;
}

/** An access token with everything that decides whether it is active. */
export interface FoundAccessToken extends AccessToken {
  revokedAt: Date | null;
  clientId: string;
  applicationName: string;
  applicationDisabled: boolean;
  securityProfile: SecurityProfile | null;
  /** How the application that it was issued to knows users. */
  subjectType: SubjectType;
  username: string | null;
  /** The user's public subject. */
  subject: string | null;
  userDisabled: boolean;
  /** The application is for members of chosen groups, and the user is in none of them. */
  accessEnded: boolean;
  familyRevokedAt: Date | null;
  familyLastUsedAt: Date | null;
  /** What the grant requested from userinfo (OpenID Connect Core §5.5). */
  familyClaims: ClaimsRequest | null;
}

/** A refresh token with everything that decides whether it may be exchanged. */
export interface FoundRefreshToken extends RefreshToken {
  rotatedAt: Date | null;
  /** The answer that rotated it, encrypted; null if none was stored, or it was cleaned up. */
  sealedSuccessor: string | null;
  applicationId: string;
  clientId: string;
  subjectType: SubjectType;
  applicationDisabled: boolean;
  userId: string;
  username: string;
  /** The user's public subject. */
  subject: string;
  userDisabled: boolean;
  /** The application is for members of chosen groups, and the user is in none of them. */
  accessEnded: boolean;
  resources: readonly string[];
  dpopJkt: string | null;
  familyExpiresAt: Date;
  familyRevokedAt: Date | null;
  sessionId: string | null;
  endsWithSession: boolean;
  /** Its session was ended, has expired, or no longer exists. */
  sessionEnded: boolean;
  nonce: string | null;
  claims: ClaimsRequest | null;
  authenticatedAt: Date | null;
  amr: readonly string[];
}

/** Why a family ended; kept on the row and in the audit log. */
export type RevocationReason =
  | "code_replayed"
  | "refresh_token_replayed"
  | "authorization_withdrawn"
  | "token_revoked"
  | "session_ended"
  | "password_changed"
  | "sector_changed"
  | "access_ended"
  | "user_disabled"
  | "user_deleted";

export interface SealedSuccessor {
  text: string;
  /** When the grace period is over. */
  expiresAt: Date;
}

export interface TokenStore {
  /** Stores a token that belongs to no family. */
  issue(accessToken: AccessToken): Promise<void>;
  findAccessToken(tokenHash: string): Promise<FoundAccessToken | null>;
  findRefreshToken(tokenHash: string): Promise<FoundRefreshToken | null>;
  /**
   * Exchanges a refresh token: marks it rotated, revokes the family's access tokens for the same audience, stores the
   * successors and, for the grace period, the sealed answer. All or nothing; false if it was rotated before or the
   * family is revoked. The revoked ones still lead to the family: revoking one of them at this moment ends it.
   */
  rotate(
    tokenHash: string,
    successors: { accessToken: AccessToken; refreshToken: RefreshToken; sealed: SealedSuccessor | null },
  ): Promise<boolean>;
  /**
   * The same for a refresh token that stays: moves the end of its idle lifetime to `expiresAt`, never back, and stores
   * the access token in addition to the present ones. All or nothing; false if it was rotated or the family is revoked.
   */
  renew(tokenHash: string, renewal: { accessToken: AccessToken; expiresAt: Date }): Promise<boolean>;
  /** Ends a token that belongs to no family. True if this call ended it: then, and only then, the event is recorded. */
  revokeAccessToken(tokenHash: string, at: Date, event: AuditEvent): Promise<boolean>;
  /**
   * Ends every token of the family, those being issued at this moment included. True if this call ended it: then, and
   * only then, the event is recorded.
   */
  revokeFamily(familyId: string, at: Date, reason: RevocationReason, event: AuditEvent): Promise<boolean>;
  /** The same for the family that the code was redeemed for. */
  revokeFamilyOfCode(codeHash: string, at: Date, reason: RevocationReason, event: AuditEvent): Promise<boolean>;
  /** Records when a token of the family was last used. */
  recordUse(familyId: string, at: Date): Promise<void>;
}

/**
 * For events without a change. The event of a change is passed to the method that makes it, which stores both or
 * neither.
 */
export interface AuditLog {
  record(event: AuditEvent): Promise<void>;
}
