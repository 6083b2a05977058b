import type { Browser } from "../authorize/authorization-outcome";
import { findClient } from "../client/find-client";
import { mayUse } from "../client/permitted-users";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import type { FoundDeviceAuthorization } from "../ports/device-store";
import type { AttemptRule } from "../ports/store";
import { type Decision, deviceCodeGrant, type Scope, type Session } from "../ports/types";
import { toConsentEntries } from "../scope/consent-entries";
import { includesScopes } from "../scope/scope";
import { digest, randomToken } from "../wire/digest";
import { TooManyRequestsError } from "../wire/errors";
import { formatUserCode, readUserCode } from "./user-code";

/**
 * RFC 8628 §5.1. Every code counts, even a right one: attempts are counted before the lookup, so parallel ones can't
 * evade the limit.
 */
const codesOfPerson: AttemptRule = { limit: 10, window: 900 };
const codesFromNetwork: AttemptRule = { limit: 30, window: 900 };

/** What the pages between entering the code and the answer pass on. */
export interface DeviceClaim {
  /** Random: created for this browser when the code was entered. */
  verification: string;
  userCode: string;
}

export interface DevicePrompt {
  /** Without the digests of its secrets: this goes to a page. */
  client: Pick<Client, "id" | "clientId" | "name" | "registeredDynamically">;
  /** As the device shows it. */
  userCode: string;
  scopes: Scope[];
  /** Identifiers of the APIs that the scopes are asked for; empty: nothing in particular. */
  resources: readonly string[];
  /** Scopes that the user has not allowed this application before. */
  newScopes: string[];
  /** Whether the user may use the application. If not, all they can do is refuse. */
  isPermitted: boolean;
}

/**
 * A user enters the code that a device shows (RFC 8628 §3.3). From then on the device belongs to this browser, and to
 * its user if one is signed in. Null if no device is waiting with this code.
 * @throws TooManyRequestsError if too many codes were tried
 */
export async function enterUserCode(
  context: OAuthContext,
  typed: string,
  browser: Browser & { network: string },
): Promise<DeviceClaim | null> {
  const userCode = readUserCode(typed);
  if (userCode === null) return null;
  const at = context.now();
  const person = browser.session ? `person ${browser.session.userId}` : `browser ${digest(browser.browserId)}`;
  const wait = await context.stores.attempts.count(
    [
      [`device code by ${person}`, codesOfPerson],
      [`device code from ${browser.network}`, codesFromNetwork],
    ],
    at,
  );
  if (wait > 0) throw new TooManyRequestsError(wait);
  const verification = randomToken();
  const browserHash = bindTo(browser.browserId, browser.session);
  const found = await context.stores.devices.claim(digest(userCode), digest(verification), browserHash, at);
  if (!found || !(await findServedClient(context, found))) return null;
  return { verification, userCode: formatUserCode(userCode) };
}

/** What the confirmation page shows; null if this browser and user have nothing to answer. Changes nothing. */
export async function describeDevice(
  context: OAuthContext,
  claim: DeviceClaim,
  browserId: string,
  session: Session,
): Promise<DevicePrompt | null> {
  const claimed = await findClaimed(context, claim, browserId, session);
  if (!claimed) return null;
  const { found, client } = claimed;
  const known = await context.stores.scopes.list();
  const permitted = (await context.stores.consents.find(session.userId, client.id)) ?? [];
  const { id, clientId, name, registeredDynamically } = client;
  const { resources } = found;
  return {
    client: { id, clientId, name, registeredDynamically },
    userCode: claim.userCode,
    scopes: found.scopes.flatMap((name) => known.filter((scope) => scope.name === name)),
    resources,
    newScopes: found.scopes.filter((name) => !includesScopes(permitted, toConsentEntries([name], resources))),
    isPermitted: await mayUse(context, client, session.userId),
  };
}

/**
 * Records the user's decision, once. Nothing else ever approves a device: no remembered consent and no application that
 * may skip it, because only the user can compare the codes (RFC 8628 §5.4). Users who may not use the application can
 * only deny. Returns which application it was and the recorded decision, null if there was nothing to decide.
 */
export async function decideDevice(
  context: OAuthContext,
  input: { claim: DeviceClaim; browserId: string; session: Session; decision: Decision },
): Promise<(Pick<Client, "id" | "name"> & { decision: Decision }) | null> {
  const { session } = input;
  const claimed = await findClaimed(context, input.claim, input.browserId, session);
  if (!claimed) return null;
  const { found, client, browserHash } = claimed;
  const decision = (await mayUse(context, client, session.userId)) ? input.decision : "denied";
  const at = context.now();
  const decided = await context.stores.devices.decide({
    verificationHash: digest(input.claim.verification),
    browserHash,
    sessionId: session.id,
    userId: session.userId,
    authenticatedAt: session.authenticatedAt,
    amr: session.amr,
    decision,
    at,
    event: {
      type: decision === "approved" ? "device.approved" : "device.denied",
      at,
      userId: session.userId,
      applicationId: client.id,
      details: { scopes: found.scopes, ...(found.resources.length > 0 ? { resources: found.resources } : {}) },
    },
  });
  return decided ? { id: client.id, name: client.name, decision } : null;
}

/** A code that a user entered while signed in belongs to them, even in a browser that several people use. */
function bindTo(browserId: string, session: Session | null): string {
  return digest(session ? `${browserId} ${session.userId}` : browserId);
}

async function findClaimed(
  context: OAuthContext,
  claim: DeviceClaim,
  browserId: string,
  session: Session,
): Promise<{ found: FoundDeviceAuthorization; client: Client; browserHash: string } | null> {
  // The code may have been entered before anyone had signed in.
  for (const browserHash of [bindTo(browserId, session), bindTo(browserId, null)]) {
    const found = await context.stores.devices.findClaimed(digest(claim.verification), browserHash, context.now());
    if (!found) continue;
    const client = await findServedClient(context, found);
    // The page shows the code for comparison with the device, so it has to be the device's own spelling.
    const isItsCode = found.userCodeHash === digest(readUserCode(claim.userCode) ?? "");
    return client && isItsCode ? { found, client, browserHash } : null;
  }
  return null;
}

/** The application, unless it has been disabled or has lost the grant since. */
async function findServedClient(context: OAuthContext, found: FoundDeviceAuthorization): Promise<Client | null> {
  const client = await findClient(context.stores.clients, found.clientId);
  return client && !client.disabled && client.grantTypes.includes(deviceCodeGrant) ? client : null;
}
