import type { AuditEvent } from "./audit-events";
import type { InitialTokens } from "./authorization-stores";
import type { Decision, DeviceAuthorization } from "./types";

/** A device authorization with what the device's next answer depends on. */
export interface FoundDeviceAuthorization extends DeviceAuthorization {
  clientId: string;
  lastPolledAt: Date | null;
  decision: Decision | null;
  userId: string | null;
  sessionId: string | null;
  /** When and how the user who decided had authenticated. */
  authenticatedAt: Date | null;
  amr: readonly string[];
  userDisabled: boolean;
  consumedAt: Date | null;
}

export interface DeviceDecisionRecord {
  verificationHash: string;
  browserHash: string;
  sessionId: string;
  authenticatedAt: Date;
  amr: readonly string[];
  userId: string;
  decision: Decision;
  at: Date;
  /** Recorded with the decision. */
  event: AuditEvent;
}

export interface DeviceAuthorizationStore {
  /** False if the user code belongs to one that has not expired; an expired one is replaced. */
  create(authorization: DeviceAuthorization): Promise<boolean>;
  find(deviceCodeHash: string): Promise<FoundDeviceAuthorization | null>;
  /**
   * Records a poll: true if it respects the interval, otherwise the interval grows by five seconds (RFC 8628 §3.5). Of
   * parallel polls one returns true.
   */
  recordPoll(deviceCodeHash: string, at: Date): Promise<boolean>;
  /**
   * A user entered the code: from here on `verificationHash` names it, in this browser, until it is entered again. Null
   * if no undecided, unexpired one has this code.
   */
  claim(
    userCodeHash: string,
    verificationHash: string,
    browserHash: string,
    at: Date,
  ): Promise<FoundDeviceAuthorization | null>;
  /** The undecided, unexpired one with this hash; null for any other browser. */
  findClaimed(verificationHash: string, browserHash: string, at: Date): Promise<FoundDeviceAuthorization | null>;
  /**
   * Records the user's decision, once. An approval adds the scopes at the resources to the remembered consent in the
   * same transaction, and the event is recorded in it.
   */
  decide(record: DeviceDecisionRecord): Promise<boolean>;
  /** Consumes an approved device code and stores what is issued for it, all or nothing. */
  redeem(deviceCodeHash: string, issued: InitialTokens): Promise<boolean>;
}
