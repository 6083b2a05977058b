import type { ClaimsRequest } from "../wire/claims-request";
import type { AuditEvent } from "./audit-events";
import type {
  AuthorizationCodeStore,
  AuthorizationRequestStore,
  ConsentStore,
  PushedAuthorizationRequestStore,
} from "./authorization-stores";
import type { HashedSecret, RegisteredClient } from "./client";
import type { SecurityProfile, SubjectType } from "./client-choices";
import type { DeviceAuthorizationStore } from "./device-store";
import type { AccessToken, Api, RefreshToken, Scope } from "./types";
import type { SubjectStore, UserStore } from "./user-store";

export type {
  AuthorizationCodeStore,
  AuthorizationRequestStore,
  InitialTokens,
  IssueCondition,
  PushedAuthorizationRequestStore,
} from "./authorization-stores";
export type { DeviceAuthorizationStore, FoundDeviceAuthorization } from "./device-store";

/**
 * What the core asks of storage. Every method that consumes something answers whether *this* call consumed it, and of
 * any number of parallel calls, in any number of processes, exactly one is answered `true`. What a method has
 * acknowledged survives a crash. `testing/store-contract.ts` holds each implementation to that.
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
  devices: DeviceAuthorizationStore;
  users: UserStore;
  subjects: SubjectStore;
  usedJtis: UsedJtiStore;
  attempts: AttemptStore;
  audit: AuditLog;
}

export interface ClientStore {
  /** For `findClient` alone. */
  find(clientId: string): Promise<RegisteredClient | null>;
  /** Notes when and from which address a secret was last used; callers keep it to about once a minute. */
  recordSecretUse(secretId: string, at: Date, from: string | null): Promise<void>;
  /**
   * Replaces a hash by another of the same secret. True if this call replaced it: only while it is the one that was
   * verified.
   */
  renewSecretHash(secretId: string, before: HashedSecret, after: HashedSecret): Promise<boolean>;
  /** It is used: a client that registered itself doesn't expire any more. False if it has been deleted. */
  keep(applicationId: string): Promise<boolean>;
  /** Whether any enabled application allows scripts of this origin. */
  isAllowedOrigin(origin: string): Promise<boolean>;
}

export interface ApiStore {
  /** Those with one of these identifiers, in no particular order. */
  find(identifiers: readonly string[]): Promise<Api[]>;
  /** Every one of `identifiers` is of an API that this application is registered as a server of. */
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

/** Attempts counted in windows of time, for all processes together. */
export interface AttemptStore {
  /** Seconds to wait before another attempt under any of these keys; 0 if there is room. Counts nothing. */
  wait(attempts: readonly (readonly [key: string, rule: AttemptRule])[], now: Date): Promise<number>;
  /**
   * Counts one attempt under each key, or under none: what one rule refuses uses up no other. The seconds to wait, 0 if
   * all have room.
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
  /** How the application that it was issued to knows people. */
  subjectType: SubjectType;
  username: string | null;
  /** The user's public subject. */
  subject: string | null;
  userDisabled: boolean;
  familyRevokedAt: Date | null;
  familyLastUsedAt: Date | null;
  /** What the grant asked of userinfo (OpenID Connect Core §5.5). */
  familyClaims: ClaimsRequest | null;
}

/** A refresh token with everything that decides whether it may be exchanged. */
export interface FoundRefreshToken extends RefreshToken {
  rotatedAt: Date | null;
  /** The answer that rotated it, encrypted; null if none was kept or it has been cleaned away. */
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
  resources: readonly string[];
  dpopJkt: string | null;
  familyExpiresAt: Date;
  familyRevokedAt: Date | null;
  sessionId: string | null;
  endsWithSession: boolean;
  /** Its session has been ended or is past its lifetimes, or is no longer known. */
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
  | "sector_changed";

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
   * family is revoked. The revoked ones still lead to the family: who revokes one of them at this moment ends it.
   */
  rotate(
    tokenHash: string,
    successors: { accessToken: AccessToken; refreshToken: RefreshToken; sealed: SealedSuccessor | null },
  ): Promise<boolean>;
  /**
   * The same for a refresh token that stays: moves the end of its idle lifetime to `expiresAt`, never back, and stores
   * the access token beside those that are there. All or nothing; false if it was rotated or the family is revoked.
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
  /** Notes when a token of the family was last used. */
  recordUse(familyId: string, at: Date): Promise<void>;
}

/** For what changes nothing. What is about a change goes to the method that makes it, which records both or neither. */
export interface AuditLog {
  record(event: AuditEvent): Promise<void>;
}
