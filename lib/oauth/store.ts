import type {
  AccessToken,
  AuthorizationCode,
  AuthorizationRequest,
  Client,
  Decision,
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
  audit: AuditLog;
}

export interface ClientStore {
  find(clientId: string): Promise<Client | null>;
  /** Notes when a secret was last used; callers keep it to about once a minute. */
  recordSecretUse(secretId: string, at: Date): Promise<void>;
}

export interface ScopeStore {
  /** Every scope, by name. */
  list(): Promise<Scope[]>;
}

export interface ConsentStore {
  /** The scopes this person has allowed this application, or null where they never did. */
  find(userId: string, applicationId: string): Promise<readonly string[] | null>;
}

export interface DecisionRecord {
  idHash: string;
  browserHash: string;
  sessionId: string;
  userId: string;
  applicationId: string;
  decision: Decision;
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
 * `whileConsented`: a code is stored only while the person's remembered consent covers its scopes. A withdrawal at the
 * same moment either comes first, and nothing is issued, or finds the code.
 */
export interface IssueCondition {
  whileConsented: boolean;
}

export interface AuthorizationCodeStore {
  /** False where the condition doesn't hold. */
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
  applicationId: string;
  userId: string;
  userDisabled: boolean;
  familyExpiresAt: Date;
  familyRevokedAt: Date | null;
}

/** Why a family ended; kept on the row and in the audit log. */
export type RevocationReason = "code_replayed" | "refresh_token_replayed" | "authorization_withdrawn";

export interface TokenStore {
  /** Stores a token that belongs to no family. */
  issue(accessToken: AccessToken): Promise<void>;
  findAccessToken(tokenHash: string): Promise<FoundAccessToken | null>;
  findRefreshToken(tokenHash: string): Promise<FoundRefreshToken | null>;
  /** Exchanges a refresh token: marks it rotated, drops the family's access tokens, stores the successors. All or nothing; false where it was rotated before or the family is revoked. */
  rotate(tokenHash: string, successors: { accessToken: AccessToken; refreshToken: RefreshToken }): Promise<boolean>;
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
