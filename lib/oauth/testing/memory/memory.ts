import { isSubject } from "../../openid/subject";
import type { AuditEvent } from "../../ports/audit-events";
import type { TemporaryRedirectUri } from "../../ports/authorization-stores";
import type { Client, ClientSecret } from "../../ports/client";
import type { StandardClaims } from "../../ports/standard-claims";
import type { RevocationReason } from "../../ports/store";
import type {
  AccessToken,
  Api,
  AuthorizationCode,
  AuthorizationRequest,
  Decision,
  DeviceAuthorization,
  PushedAuthorizationRequest,
  RefreshToken,
  Scope,
  TokenFamily,
} from "../../ports/types";

export interface MemoryUser {
  id: string;
  /** Equal to the id unless said otherwise. */
  subject?: string;
  username: string;
  disabled: boolean;
  claims?: StandardClaims;
}

/** The public subject of a user. */
export function toSubject({ id, subject }: Pick<MemoryUser, "id" | "subject">): string {
  return subject ?? id;
}

/** A client as it is stored: with the secrets that no longer count. */
export interface StoredClient extends Client {
  secrets: readonly (ClientSecret & { revokedAt?: Date | null; lastRefusedAt?: Date })[];
}

export interface StoredApi extends Api {
  resourceServerIds: readonly string[];
}

export interface StoredFamily extends TokenFamily {
  lastUsedAt: Date;
  revokedAt: Date | null;
  revokedReason: RevocationReason | null;
}

export interface StoredDevice extends DeviceAuthorization {
  lastPolledAt: Date | null;
  verificationHash: string | null;
  browserHash: string | null;
  decision: Decision | null;
  userId: string | null;
  sessionId: string | null;
  authenticatedAt: Date | null;
  amr: readonly string[];
  consumedAt: Date | null;
}

/** The rows, as a database has them; `user`, `client` and `family` follow a foreign key. */
export class Memory {
  readonly now: () => Date;
  readonly users = new Map<string, MemoryUser>();
  readonly clients = new Map<string, StoredClient>();
  readonly scopes = new Map<string, Scope>();
  readonly consents = new Map<string, readonly string[]>();
  readonly requests = new Map<string, AuthorizationRequest>();
  readonly codes = new Map<string, AuthorizationCode & { consumedAt: Date | null }>();
  readonly families = new Map<string, StoredFamily>();
  readonly accessTokens = new Map<string, AccessToken & { revokedAt: Date | null }>();
  readonly refreshTokens = new Map<string, RefreshToken & { rotatedAt: Date | null; sealedSuccessor: string | null }>();
  readonly apis = new Map<string, StoredApi>();
  readonly pushedRequests = new Map<string, PushedAuthorizationRequest>();
  /** By the digest of the address. */
  readonly temporaryRedirectUris = new Map<string, TemporaryRedirectUri>();
  readonly devices = new Map<string, StoredDevice>();
  readonly usedJtis = new Set<string>();
  /** By `userId sector`. */
  readonly subjects = new Map<string, string>();
  /** The names of their groups, by user ID. */
  readonly groupsOfUsers = new Map<string, readonly string[]>();
  /** The names of the groups that were chosen for an application, by its ID. */
  readonly chosenGroups = new Map<string, readonly string[]>();
  readonly endedSessions = new Set<string>();
  /** `sessionId applicationId`. */
  readonly participants = new Set<string>();
  readonly attempts = new Map<string, { attempts: number; endsAt: Date }>();
  readonly auditEvents: AuditEvent[] = [];

  constructor(now: () => Date) {
    this.now = now;
  }

  /** As the database does (docs/adr/0054). */
  checkClientId({ id, clientId }: StoredClient): void {
    const others = [...this.clients.values()].filter((client) => client.id !== id).map((client) => client.clientId);
    const subjects = [...this.users.values()].map(toSubject);
    if ([...others, ...subjects, ...this.subjects.values()].includes(clientId)) throw new Error("client id is taken");
  }

  checkSubject(user: MemoryUser): void {
    if (!isSubject(toSubject(user))) throw new Error("no subject");
    const others = [...this.users.values()].filter(({ id }) => id !== user.id).map(toSubject);
    const clientIds = [...this.clients.values()].map(({ clientId }) => clientId);
    if ([...others, ...clientIds].includes(toSubject(user))) throw new Error("subject is taken");
  }

  user(id: string): MemoryUser {
    return known(this.users.get(id), "user");
  }

  client(id: string): StoredClient {
    return known(this.clients.get(id), "application");
  }

  isChosen(userId: string, applicationId: string): boolean {
    const chosen = this.chosenGroups.get(applicationId) ?? [];
    return (this.groupsOfUsers.get(userId) ?? []).some((name) => chosen.includes(name));
  }

  hasAccessEnded(userId: string | null, { id, accessRestricted }: StoredClient): boolean {
    return accessRestricted && userId !== null && !this.isChosen(userId, id);
  }

  family(id: string): StoredFamily {
    return known(this.families.get(id), "token family");
  }
}

function known<T>(row: T | undefined, what: string): T {
  if (row === undefined) throw new Error(`No such ${what}`);
  return row;
}

/** Lets every other pending call go first; what follows it in a method runs without interruption, as a transaction. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export type Write = () => void;

/**
 * Checks that a row can be inserted, and hands back the step that does it: all are checked before the first is done.
 */
export function insertion<Row>(table: Map<string, Row>, key: string, row: Row): Write {
  if (table.has(key)) throw new Error("Duplicate key");
  refuseNul(row);
  return () => table.set(key, structuredClone(row));
}

export function commit(writes: readonly Write[]): void {
  for (const write of writes) write();
}

/** Like PostgreSQL, this storage refuses NUL anywhere in a value. */
export function refuseNul(value: unknown): void {
  if (typeof value === "string" && value.includes("\0")) throw new Error("Text can't hold NUL");
  if (typeof value === "object" && value !== null) Object.entries(value).flat().forEach(refuseNul);
}

/** The step that records an event. */
export function recording(memory: Memory, event: AuditEvent): Write {
  refuseNul(event);
  return () => memory.auditEvents.push(structuredClone(event));
}

/** The key of `Memory.consents`. */
export const consentKey = (userId: string, applicationId: string) => `${userId} ${applicationId}`;

/** What was allowed before stays allowed. */
export function addConsent(memory: Memory, userId: string, applicationId: string, scopes: readonly string[]): void {
  refuseNul(scopes);
  const client = memory.client(applicationId);
  const key = consentKey(memory.user(userId).id, client.id);
  client.expiresAt = null;
  memory.consents.set(key, [...new Set([...(memory.consents.get(key) ?? []), ...scopes])]);
}
