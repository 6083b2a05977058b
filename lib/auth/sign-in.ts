import "server-only";
import { currentTime } from "@/lib/clock";
import { createAuditLog } from "@/lib/db/audit-log";
import { toSignInKey } from "@/lib/db/user-key";
import { digest } from "@/lib/oauth/digest";
import { RememberedRefusals } from "@/lib/remembered-refusals";
import { toSource } from "@/lib/source-network";
import { getBrowserId } from "./browser";
import { type Credentials, checkCredentials } from "./check-credentials";
import { getCurrentSession } from "./current-session";
import type { KnownAccount } from "./known-browser";
import { getKnownBrowser, keepKnownBrowser, readKnownBrowserCookie } from "./known-browser-cookie";
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
 * Signs in by username or e-mail address and password. Null if they don't fit, and throws as `checkCredentials` does. The
 * token that this browser had is worth nothing afterwards (ASVS 7.2.4), and if it was somebody else's, their session has
 * ended. `signal` is aborted when the browser has gone.
 */
export async function signInWithPassword(
  credentials: Credentials,
  origin: Origin,
  signal?: AbortSignal,
): Promise<SignedIn | null> {
  const now = currentTime();
  const findKnownBrowser = (account: KnownAccount) => getKnownBrowser(account, now);
  const check = () => checkCredentials(credentials, { ...origin, signal, findKnownBrowser, now });
  const account = await unlessRefused(credentials.identifier, origin, check);
  if (!account) return null;
  const { userId, passwordGeneration } = account;
  const previous = await getCurrentSession();
  const browser = { ...origin, browserId: await getBrowserId() };
  const record: Alongside = (tx, sessionId) =>
    createAuditLog(tx, { ...origin, actorId: userId }).record({
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
const holder = globalThis as typeof globalThis & { latchkeyRefusedSignIns?: RememberedRefusals };

/**
 * Checks, unless the same was refused a moment ago: the same name, from the same network and a browser that is known at the same
 * accounts. So a flood past the limits costs no queries, and refuses nobody whom the limits would let in.
 */
async function unlessRefused<T>(identifier: string, { ipAddress }: Origin, check: () => Promise<T>): Promise<T> {
  holder.latchkeyRefusedSignIns ??= new RememberedRefusals();
  const refusals = holder.latchkeyRefusedSignIns;
  const network = toSource(ipAddress);
  const key = digest(JSON.stringify([network, toSignInKey(identifier), await readKnownBrowserCookie()]));
  const wait = refusals.wait(key);
  if (wait > 0) throw new TooManyAttemptsError(wait);
  try {
    const checked = await check();
    refusals.forget(key);
    return checked;
  } catch (error) {
    if (error instanceof TooManyAttemptsError) refusals.remember(network, key, error.retryAfter);
    throw error;
  }
}

/**
 * Ends the session on the server, and only then drops its cookie: if it can't be looked up or ended this throws, and the browser
 * keeps it. `clientId` is of the application that asked for it. Returns the id of the session; null if nobody was signed in.
 */
export async function signOut(origin: Origin, clientId?: string): Promise<string | null> {
  const session = await getCurrentSession();
  if (session) {
    const now = currentTime();
    await endSession(session.id, now, (tx) =>
      createAuditLog(tx, { ...origin, actorId: session.user.id }).record({
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
