import type { AuditEvent } from "./audit-events";
import type {
  AccessToken,
  AuthorizationCode,
  AuthorizationRequest,
  Decision,
  PushedAuthorizationRequest,
  RefreshToken,
  TokenFamily,
} from "./types";

/** What is stored when an authorization code or a device code is redeemed, all or nothing. */
export interface InitialTokens {
  family: TokenFamily;
  accessToken: AccessToken;
  refreshToken: RefreshToken | null;
  /** OpenID was requested: the application is notified when the session ends. */
  joinsSession: boolean;
}

export interface PushedAuthorizationRequestStore {
  create(request: PushedAuthorizationRequest): Promise<void>;
  /** Null if it is gone, expired or another application's. */
  find(idHash: string, applicationId: string, now: Date): Promise<PushedAuthorizationRequest | null>;
  remove(idHash: string): Promise<void>;
}

/**
 * A redirect URI of this server itself that counts as registered for one application, for one user and for some
 * minutes: where a test of the sign-in ends (docs/adr/0067).
 */
export interface TemporaryRedirectUri {
  applicationId: string;
  userId: string;
  expiresAt: Date;
  /** When an answer arrived there; null: none has. */
  consumedAt: Date | null;
}

export interface TemporaryRedirectUriStore {
  /** By the digest of the whole address. */
  find(uriHash: string): Promise<TemporaryRedirectUri | null>;
}

export interface ConsentStore {
  /** What this user has allowed this application, as `toConsentEntries` writes it; null if nothing ever. */
  find(userId: string, applicationId: string): Promise<readonly string[] | null>;
  /** Whether the application got tokens in this session that haven't all been revoked. */
  isUsedInSession(sessionId: string, applicationId: string): Promise<boolean>;
}

export interface DecisionRecord {
  idHash: string;
  browserHash: string;
  sessionId: string;
  userId: string;
  applicationId: string;
  decision: Decision;
  /** What an approval adds to the consent, as `toConsentEntries` writes it. */
  scopes: readonly string[];
  at: Date;
  /** Recorded with the decision. */
  event: AuditEvent;
}

export interface AuthorizationRequestStore {
  create(request: AuthorizationRequest): Promise<void>;
  find(idHash: string): Promise<AuthorizationRequest | null>;
  /** Records that `sessionId` signed in for this request. False if the request is gone or another browser's. */
  recordAuthentication(idHash: string, browserHash: string, sessionId: string): Promise<boolean>;
  /**
   * Records the user's decision, once: for a decided, expired or foreign request it returns false and changes nothing.
   * An approval adds the scopes to the remembered consent in the same transaction, and the event is recorded in it.
   */
  decide(record: DecisionRecord): Promise<boolean>;
  /** Consumes the request without a code, and records the event if there is one: both or neither. */
  discard(idHash: string, event?: AuditEvent): Promise<boolean>;
}

/** A code with everything that its redemption depends on. */
export interface FoundAuthorizationCode extends AuthorizationCode {
  consumedAt: Date | null;
  userDisabled: boolean;
}

/**
 * `whileConsented`: a code is stored only while the user's remembered consent covers its scopes at its resources. A
 * concurrent revocation either comes first, and nothing is issued, or finds the code.
 */
export interface IssueCondition {
  whileConsented: boolean;
}

export interface AuthorizationCodeStore {
  /** False if the condition doesn't hold, or the session has been ended. */
  issue(code: AuthorizationCode, condition: IssueCondition): Promise<boolean>;
  /** Consumes the request and stores the code, both or, if the condition doesn't hold, neither. */
  issueForRequest(code: AuthorizationCode, requestIdHash: string, condition: IssueCondition): Promise<boolean>;
  find(codeHash: string): Promise<FoundAuthorizationCode | null>;
  /**
   * Consumes the code and stores what is issued for it, all or nothing. The family counts as used from its beginning.
   */
  redeem(codeHash: string, issued: InitialTokens): Promise<boolean>;
  /** Consumes the code and issues nothing. */
  invalidate(codeHash: string, at: Date): Promise<boolean>;
}
