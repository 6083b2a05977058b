import "server-only";
import { currentTime } from "@/lib/clock";
import { createAuditLog } from "@/lib/db/audit-log";
import { getBrowserId } from "./browser";
import { type Credentials, checkCredentials } from "./check-credentials";
import { getCurrentSession } from "./current-session";
import type { KnownAccount } from "./known-browser";
import { getKnownBrowser, keepKnownBrowser } from "./known-browser-cookie";
import { dropSession, keepSession } from "./session-cookie";
import {
  type Alongside,
  createSession,
  endSession,
  type Origin,
  PasswordChangedError,
  replaceSession,
} from "./session-store";

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
  const account = await checkCredentials(credentials, { ...origin, signal, findKnownBrowser, now });
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
