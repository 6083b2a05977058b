import type {
  AccessToken,
  Api,
  AuthorizationCode,
  AuthorizationRequest,
  Client,
  Decision,
  DeviceAuthorization,
  PushedAuthorizationRequest,
  RefreshToken,
  Scope,
  TokenFamily,
} from "./types";

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
  usedJtis: UsedJtiStore;
  attempts: AttemptStore;
  audit: AuditLog;
}

export interface ClientStore {
  find(clientId: string): Promise<Client | null>;
  /** Notes when and from which address a secret was last used; callers keep it to about once a minute. */
  recordSecretUse(secretId: string, at: Date, from: string | null): Promise<void>;
  /** Whether any enabled application allows scripts of this origin. */
  isAllowedOrigin(origin: string): Promise<boolean>;
}

export interface ApiStore {
  /** Those with one of these identifiers, in no particular order. */
  find(identifiers: readonly string[]): Promise<Api[]>;
  /** Every one of `identifiers` is of an API that this application is registered as a server of. */
  isResourceServer(applicationId: string, identifiers: readonly string[]): Promise<boolean>;
}

export interface PushedAuthorizationRequestStore {
  create(request: PushedAuthorizationRequest): Promise<void>;
  /** Removes the request and hands it out, once; null where it is gone, expired or another application's, which changes nothing. */
  take(idHash: string, applicationId: string, now: Date): Promise<PushedAuthorizationRequest | null>;
}

/** A device authorization with what the device's next answer depends on. */
export interface FoundDeviceAuthorization extends DeviceAuthorization {
  clientId: string;
  lastPolledAt: Date | null;
  decision: Decision | null;
  userId: string | null;
  sessionId: string | null;
  userDisabled: boolean;
  consumedAt: Date | null;
}

export interface DeviceDecisionRecord {
  verificationHash: string;
  browserHash: string;
  sessionId: string;
  userId: string;
  decision: Decision;
  at: Date;
}

export interface DeviceAuthorizationStore {
  /** False where the user code is taken by one that has not expired; an expired one makes room. */
  create(authorization: DeviceAuthorization): Promise<boolean>;
  find(deviceCodeHash: string): Promise<FoundDeviceAuthorization | null>;
  /** Notes a poll: true where it came no sooner than the interval allows, else the interval grows by five seconds (RFC 8628 §3.5). Of parallel polls one is answered true. */
  recordPoll(deviceCodeHash: string, at: Date): Promise<boolean>;
  /** Someone entered the user code: from here on `verificationHash` names it, in this browser, until it is entered again. Null where no undecided, unexpired one has this code. */
  claim(
    userCodeHash: string,
    verificationHash: string,
    browserHash: string,
    at: Date,
  ): Promise<FoundDeviceAuthorization | null>;
  /** The undecided, unexpired one that was claimed so; null for any other browser. */
  findClaimed(verificationHash: string, browserHash: string, at: Date): Promise<FoundDeviceAuthorization | null>;
  /** Notes the person's decision, once. An approval adds the scopes at the resources to the remembered consent in the same transaction. */
  decide(record: DeviceDecisionRecord): Promise<boolean>;
  /** Consumes an approved device code and stores what is issued for it, all or nothing. */
  redeem(
    deviceCodeHash: string,
    issued: { family: TokenFamily; accessToken: AccessToken; refreshToken: RefreshToken | null },
  ): Promise<boolean>;
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
  /** Seconds to wait before another attempt under any of these keys; 0 where there is room. Counts nothing. */
  wait(attempts: readonly (readonly [key: string, rule: AttemptRule])[], now: Date): Promise<number>;
  /** Counts one attempt under each key; the seconds to wait, 0 where all are within their limits. */
  count(attempts: readonly (readonly [key: string, rule: AttemptRule])[], now: Date): Promise<number>;
}

export interface ScopeStore {
  /** Every scope, by name. */
  list(): Promise<Scope[]>;
}

export interface ConsentStore {
  /** What this person has allowed this application, as `toPermissions` writes it, or null where they never did. */
  find(userId: string, applicationId: string): Promise<readonly string[] | null>;
}

export interface DecisionRecord {
  idHash: string;
  browserHash: string;
  sessionId: string;
  userId: string;
  applicationId: string;
  decision: Decision;
  /** What an approval adds to the consent, as `toPermissions` writes it. */
  scopes: readonly string[];
  at: Date;
}

export interface AuthorizationRequestStore {
  create(request: AuthorizationRequest): Promise<void>;
  find(idHash: string): Promise<AuthorizationRequest | null>;
  /** Notes that `sessionId` signed in for this request. False where the request is gone or another browser's. */
  recordAuthentication(idHash: string, browserHash: string, sessionId: string): Promise<boolean>;
  /**
   * Notes the person's decision, once: a decided, expired or foreign request answers false and changes nothing.
   * An approval adds the scopes to the remembered consent in the same transaction.
   */
  decide(record: DecisionRecord): Promise<boolean>;
  /** Consumes the request without a code. */
  discard(idHash: string): Promise<boolean>;
}

/** A code with what its redemption has to look at. */
export interface FoundAuthorizationCode extends AuthorizationCode {
  consumedAt: Date | null;
  userDisabled: boolean;
}

/**
 * `whileConsented`: a code is stored only while the person's remembered consent covers its scopes at its resources. A
 * withdrawal at the same moment either comes first, and nothing is issued, or finds the code.
 */
export interface IssueCondition {
  whileConsented: boolean;
}

export interface AuthorizationCodeStore {
  /** False where the condition doesn't hold, or the session has been ended. */
  issue(code: AuthorizationCode, condition: IssueCondition): Promise<boolean>;
  /** Consumes the request and stores the code, both or, where the condition doesn't hold, neither. */
  issueForRequest(code: AuthorizationCode, requestIdHash: string, condition: IssueCondition): Promise<boolean>;
  find(codeHash: string): Promise<FoundAuthorizationCode | null>;
  /** Consumes the code and stores what is issued for it, all or nothing. The family counts as used from its beginning. */
  redeem(
    codeHash: string,
    issued: { family: TokenFamily; accessToken: AccessToken; refreshToken: RefreshToken | null },
  ): Promise<boolean>;
  /** Consumes the code and issues nothing. */
  burn(codeHash: string, at: Date): Promise<boolean>;
}

/** An access token with everything that decides whether it is active. */
export interface FoundAccessToken extends AccessToken {
  revokedAt: Date | null;
  clientId: string;
  applicationName: string;
  applicationDisabled: boolean;
  username: string | null;
  userDisabled: boolean;
  familyRevokedAt: Date | null;
  familyLastUsedAt: Date | null;
}

/** A refresh token with everything that decides whether it may be exchanged. */
export interface FoundRefreshToken extends RefreshToken {
  rotatedAt: Date | null;
  /** The answer that rotated it, encrypted; null where none was kept or it has been cleaned away. */
  sealedSuccessor: string | null;
  applicationId: string;
  clientId: string;
  applicationDisabled: boolean;
  userId: string;
  username: string;
  userDisabled: boolean;
  resources: readonly string[];
  dpopJkt: string | null;
  familyExpiresAt: Date;
  familyRevokedAt: Date | null;
}

/** Why a family ended; kept on the row and in the audit log. */
export type RevocationReason =
  | "code_replayed"
  | "refresh_token_replayed"
  | "authorization_withdrawn"
  | "token_revoked"
  | "session_ended"
  | "password_changed";

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
   * successors and, for the grace period, the sealed answer. All or nothing; false where it was rotated before or the
   * family is revoked. The revoked ones still lead to the family: who revokes one of them at this moment ends it.
   */
  rotate(
    tokenHash: string,
    successors: { accessToken: AccessToken; refreshToken: RefreshToken; sealed: SealedSuccessor | null },
  ): Promise<boolean>;
  /** Ends a token that belongs to no family. True where this call ended it. */
  revokeAccessToken(tokenHash: string, at: Date): Promise<boolean>;
  /** Ends every token of the family, those being issued at this moment included. True where this call ended it. */
  revokeFamily(familyId: string, at: Date, reason: RevocationReason): Promise<boolean>;
  /** The same for the family that the code was redeemed for. */
  revokeFamilyOfCode(codeHash: string, at: Date, reason: RevocationReason): Promise<boolean>;
  /** Notes when a token of the family was last used. */
  recordUse(familyId: string, at: Date): Promise<void>;
}

/** `type` is a dotted name from the catalogue in `docs/audit-events.md`; `details` never holds a secret or token. */
export interface AuditEvent {
  type: string;
  at: Date;
  userId?: string | null;
  applicationId?: string | null;
  reference?: string | null;
  details?: Record<string, unknown>;
}

export interface AuditLog {
  record(event: AuditEvent): Promise<void>;
}
