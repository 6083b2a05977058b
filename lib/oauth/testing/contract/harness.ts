import { randomUUID } from "node:crypto";
import type { RecordedEvent } from "../../ports/audit-events";
import type { DecisionRecord, TemporaryRedirectUri } from "../../ports/authorization-stores";
import type { Client } from "../../ports/client";
import type { Stores } from "../../ports/store";
import type { AuthorizationCode, AuthorizationRequest, Scope } from "../../ports/types";
import { buildCode, buildEvent, buildIssued } from "../builders";
import { epoch } from "../defaults";
import type { MemoryUser, StoredApi, StoredClient } from "../memory/memory";

/** What an implementation provides to the suite. */
export interface StoreHarness {
  stores: Stores;
  /** The same storage as another process sees it: over its own connections. */
  elsewhere: Stores;
  seed: StoreSeed;
  /** What `audit.record` wrote under this reference. */
  readAuditEvents(reference: string): Promise<RecordedEvent[]>;
  readRevocationReason(familyId: string): Promise<string | null>;
  /** Removes what was seeded and everything that depends on it. */
  cleanUp(): Promise<void>;
}

/** Inserts rows that the ports only read. Ids are UUIDs, names are unique. */
export interface StoreSeed {
  user(values?: Partial<MemoryUser>): Promise<MemoryUser>;
  application(values?: Partial<StoredClient>): Promise<Client>;
  scope(scope: Scope): Promise<void>;
  api(values?: Partial<StoredApi>): Promise<StoredApi>;
  /** Groups of these names, which the user is in from now on, and no others. */
  groups(userId: string, names: readonly string[]): Promise<void>;
  temporaryRedirectUri(uri: string, values: TemporaryRedirectUri): Promise<void>;
  /** The groups, of those that exist, whose members may use the application. */
  chosenGroups(applicationId: string, names: readonly string[]): Promise<void>;
}

export const unconditionally = { whileConsented: false };
export const whileConsented = { whileConsented: true };

export type CurrentHarness = () => StoreHarness;

/** Text that is easily mangled: other scripts, quotes, and what PostgreSQL's arrays and patterns are written with. */
export const hardText = `Zoë's "key" 🗝️ — {a,b} \\n %_ 例え\u2028NULL`;
/** Scopes may contain anything visible except the quotation mark and the backslash (RFC 6749 §3.3). */
export const hardScopes: readonly string[] = [
  "https://api.example/files:read",
  "{write,delete}",
  "NULL",
  "it's;--",
  "read",
];

/** Starts all calls at once, every other one from elsewhere, and waits for all of them. */
export function inParallel<T>(
  harness: StoreHarness,
  times: number,
  call: (stores: Stores, index: number) => Promise<T>,
): Promise<T[]> {
  const calls = Array.from({ length: times }, (_, index) =>
    call(index % 2 === 0 ? harness.stores : harness.elsewhere, index),
  );
  return Promise.all(calls);
}

export function countTrue(answers: readonly boolean[]): number {
  return answers.filter((answer) => answer).length;
}

export async function seedOwner(harness: StoreHarness) {
  const [user, client] = [await harness.seed.user(), await harness.seed.application()];
  return { user, client, applicationId: client.id, userId: user.id };
}

/** An issued code of a new user and application. */
export async function seedCode(harness: StoreHarness, values: Partial<AuthorizationCode> = {}) {
  const owner = await seedOwner(harness);
  const code = buildCode(owner, values);
  await harness.stores.codes.issue(code, unconditionally);
  return { ...owner, code };
}

/** A redeemed code: a family with one access and one refresh token. */
export async function seedFamily(harness: StoreHarness) {
  const seeded = await seedCode(harness);
  const issued = buildIssued(seeded.code);
  await harness.stores.codes.redeem(seeded.code.codeHash, issued);
  return { ...seeded, ...issued };
}

/** Whether any of the tokens could still be used, as the core would judge it. */
export async function isAnyUsable(
  harness: StoreHarness,
  tokens: { accessTokenHashes: string[]; refreshTokenHashes: string[] },
): Promise<boolean> {
  const { findAccessToken, findRefreshToken } = harness.stores.tokens;
  const access = await Promise.all(tokens.accessTokenHashes.map((hash) => findAccessToken(hash)));
  const refresh = await Promise.all(tokens.refreshTokenHashes.map((hash) => findRefreshToken(hash)));
  return (
    access.some((token) => token && !token.revokedAt && !token.familyRevokedAt) ||
    refresh.some((token) => token && !token.rotatedAt && !token.familyRevokedAt)
  );
}

/** An approval of the request as it stands, unless `values` say otherwise. */
export function buildDecision(
  request: AuthorizationRequest,
  userId: string,
  values: Partial<DecisionRecord> = {},
): DecisionRecord {
  const { idHash, browserHash, applicationId, scopes } = request;
  return {
    idHash,
    browserHash,
    applicationId,
    scopes,
    userId,
    sessionId: randomUUID(),
    decision: "approved",
    at: epoch,
    event: buildEvent(),
    ...values,
  };
}
