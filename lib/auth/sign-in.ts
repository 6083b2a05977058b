import "server-only";
import { currentTime } from "@/lib/clock";
import { currentSettings } from "@/lib/current-settings";
import { createAuditLog } from "@/lib/db/audit-log";
import { toSource } from "@/lib/network/source-network";
import { getBrowserId } from "./browser";
import { type Credentials, checkCredentials } from "./check-credentials";
import { getCurrentSession } from "./current-session";
import type { KnownAccount } from "./known-browser";
import { getKnownBrowser, keepKnownBrowser, readKnownBrowserCookie } from "./known-browser-cookie";
import { RefusedSignIns, type SignInSource } from "./refused-sign-ins";
import { dropSession, keepSession } from "./session-cookie";
import {
  type Alongside,
  createSession,
  endSession,
  type Origin,
  PasswordChangedError,
  replaceSession,
} from "./session-store";
import { TooManyAttemptsError } from "./sign-in-throttle";

export interface SignedIn {
  sessionId: string;
  userId: string;
}

/**
 * Signs in by username or e-mail address and password. Null if they don't fit, and throws as `checkCredentials` does.
 * The token that this browser had is worth nothing afterwards (ASVS 7.2.4), and if it was somebody else's, their
 * session has ended. `signal` is aborted when the browser has gone.
 */
export async function signInWithPassword(
  credentials: Credentials,
  origin: Origin,
  signal?: AbortSignal,
): Promise<SignedIn | null> {
  const now = currentTime();
  const check: Check<KnownAccount | null> = (found) => {
    const findKnownBrowser = (account: KnownAccount) => {
      found(account);
      return getKnownBrowser(account, now);
    };
    return checkCredentials(credentials, { ...origin, signal, findKnownBrowser, now });
  };
  const cookie = await readKnownBrowserCookie();
  const source = { network: toSource(origin.ipAddress), identifier: credentials.identifier, cookie, now };
  const account = await unlessRefused(source, check);
  if (!account) return null;
  const { userId, passwordGeneration } = account;
  const previous = await getCurrentSession();
  const browser = { ...origin, browserId: await getBrowserId() };
  const record: Alongside = (tx, sessionId) =>
    createAuditLog(tx, currentSettings(), { ...origin, actorId: userId }).record({
      type: "sign_in.succeeded",
      at: now,
      userId,
      details: { sessionId },
    });
  const begun = previous
    ? replaceSession(previous.id, userId, browser, now, passwordGeneration, record)
    : createSession(userId, browser, now, passwordGeneration, record);
  const session = await begun.catch((error) => {
    if (error instanceof PasswordChangedError) return null;
    throw error;
  });
  if (!session) return null;
  await keepSession(session);
  await keepKnownBrowser(account, now);
  return { sessionId: session.id, userId };
}

/** On `globalThis`, as each bundle of routes has this module for itself. */
const holder = globalThis as typeof globalThis & { latchkeyRefusedSignIns?: RefusedSignIns };

/** Says which account the name stands for, as soon as that is known. */
type Check<T> = (found: (account: KnownAccount) => void) => Promise<T>;

/**
 * Checks, unless the same was refused a moment ago. So a flood past the limits costs no queries, and refuses nobody
 * whom the limits would let in.
 */
async function unlessRefused<T>(source: SignInSource, check: Check<T>): Promise<T> {
  holder.latchkeyRefusedSignIns ??= new RefusedSignIns();
  const refusals = holder.latchkeyRefusedSignIns;
  const wait = refusals.wait(source);
  if (wait > 0) throw new TooManyAttemptsError(wait);
  let account: KnownAccount | null = null;
  const found = (one: KnownAccount) => {
    account = one;
  };
  try {
    const checked = await check(found);
    refusals.forget(source, account);
    return checked;
  } catch (error) {
    if (error instanceof TooManyAttemptsError) refusals.remember(source, account, error.retryAfter);
    throw error;
  }
}

/**
 * Ends the session on the server, and only then drops its cookie: if it can't be looked up or ended this throws, and
 * the browser keeps it. `clientId` is of the application that asked for it. Returns the id of the session; null if
 * nobody was signed in.
 */
export async function signOut(origin: Origin, clientId?: string): Promise<string | null> {
  const session = await getCurrentSession();
  if (session) {
    const now = currentTime();
    await endSession(session.id, now, (tx) =>
      createAuditLog(tx, currentSettings(), { ...origin, actorId: session.user.id }).record({
        type: "sign_out",
        at: now,
        userId: session.user.id,
        details: { sessionId: session.id, clientId },
      }),
    );
  }
  await dropSession();
  return session?.id ?? null;
}
