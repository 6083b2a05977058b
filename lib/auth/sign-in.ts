import "server-only";
import { createAuditLog } from "@/lib/db/audit-log";
import { getPrisma } from "@/lib/db/prisma";
import { toUserKey } from "@/lib/db/user-key";
import { keepBrowserState } from "./browser-state";
import { getCurrentSession } from "./current-session";
import { signOut as dropCookie, signIn as keepInCookie } from "./next-auth";
import { verifyPassword } from "./password";
import { createSession, endSession, type Origin, PasswordChangedError, replaceSession } from "./session-store";
import { SignInThrottle } from "./sign-in-throttle";

/** Longer than any password may be: not worth hashing. */
const maximumInput = 1000;

export interface SignedIn {
  sessionId: string;
  userId: string;
}

/**
 * Signs in by username or e-mail address and password. Null where they don't fit, whatever the reason, and after the
 * same time. Throws `TooManyAttemptsError` after too many failures. The token that this browser had is worth nothing
 * afterwards (ASVS 7.2.4), and where it was somebody else's, their session has ended.
 */
export async function signInWithPassword(
  input: { identifier: string; password: string },
  origin: Origin,
): Promise<SignedIn | null> {
  const prisma = getPrisma();
  const now = new Date();
  const audit = (actorId: string | null) => createAuditLog(prisma, { ...origin, actorId });
  const throttle = new SignInThrottle(input.identifier.slice(0, maximumInput), origin.ipAddress);
  await throttle.countAttempt(now);
  const user = await findUser(input.identifier);
  const fits =
    input.password.length <= maximumInput && (await verifyPassword(input.password, user?.passwordHash ?? null));
  if (!user || !fits || user.disabled) {
    await audit(null).record({ type: "sign_in.failed", at: now, userId: user?.id ?? null });
    return null;
  }
  await throttle.succeeded();
  const previous = await getCurrentSession();
  const begun = previous
    ? replaceSession(previous.id, user.id, origin, now, user.passwordHash)
    : createSession(user.id, origin, now, user.passwordHash);
  const session = await begun.catch((error) => {
    if (error instanceof PasswordChangedError) return null;
    throw error;
  });
  if (!session) return null;
  await audit(user.id).record({
    type: "sign_in.succeeded",
    at: now,
    userId: user.id,
    details: { sessionId: session.id },
  });
  await keepInCookie("credentials", { sessionToken: session.token, redirect: false });
  await keepBrowserState(session.id);
  return { sessionId: session.id, userId: user.id };
}

/**
 * Ends the session on the server and drops the cookie. `clientId` is of the application that asked for it. Returns the id
 * of the session; null where nobody was signed in.
 */
export async function signOut(origin: Origin, clientId?: string): Promise<string | null> {
  const session = await getCurrentSession();
  if (session) {
    const now = new Date();
    await endSession(session.id, now);
    await createAuditLog(getPrisma(), { ...origin, actorId: session.user.id }).record({
      type: "sign_out",
      at: now,
      userId: session.user.id,
      details: { sessionId: session.id, clientId },
    });
  }
  await dropCookie({ redirect: false });
  await keepBrowserState(null);
  return session?.id ?? null;
}

async function findUser(
  identifier: string,
): Promise<{ id: string; passwordHash: string | null; disabled: boolean } | null> {
  const key = toUserKey(identifier.trim().slice(0, maximumInput));
  const user = await getPrisma().user.findFirst({
    // NUL is no character of any name, and PostgreSQL refuses it as text.
    where: { OR: [{ usernameKey: key.replaceAll("\0", "") }, { emailKey: key.replaceAll("\0", "") }] },
    select: { id: true, disabledAt: true, password: { select: { hash: true } } },
  });
  return user && { id: user.id, passwordHash: user.password?.hash ?? null, disabled: user.disabledAt !== null };
}
