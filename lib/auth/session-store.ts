import "server-only";
import { currentSettings } from "@/lib/current-settings";
import type { PortalRole, Prisma } from "@/lib/db/client";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import { getPrisma } from "@/lib/db/prisma";
import { digest, randomToken } from "@/lib/oauth/wire/digest";

/** How often a session's last use is written down, in milliseconds. */
const lastSeenWriteInterval = 60_000;

export interface CurrentSession {
  id: string;
  authenticatedAt: Date;
  /** When the user last entered the password: at sign-in, or later for a sensitive step. */
  passwordConfirmedAt: Date;
  /** RFC 8176. */
  amr: string[];
  /** `locale` is a BCP 47 tag, as the person wrote it. */
  user: { id: string; username: string; email: string; portalRole: PortalRole | null; locale: string | null };
}

export interface Origin {
  ipAddress: string | null;
  userAgent: string | null;
}

/** Where a session begins. It belongs to that browser; in any other its cookie is worthless. */
export interface BrowserOrigin extends Origin {
  browserId: string;
}

/** The password was changed between its check and the creation of the session, which ended all sessions. */
export class PasswordChangedError extends Error {}

/** A session, with the token for the cookie: the row stores only its digest. */
export interface NewSession {
  id: string;
  token: string;
}

/** The user who has just authenticated, and how. */
export interface Authenticated {
  userId: string;
  /** RFC 8176. */
  amr: readonly string[];
  /** The browser's previous session. */
  previousId?: string | undefined;
}

/**
 * Creates a session row. If the browser's previous session belongs to the same user, it continues under a new token
 * (ASVS 7.2.4), so that applications don't mistake reauthentication for a sign-out. Another user's session ends.
 */
export async function beginSession(
  tx: Prisma.TransactionClient,
  authenticated: Authenticated,
  origin: BrowserOrigin,
  now: Date,
): Promise<NewSession> {
  const { previousId } = authenticated;
  if (previousId === undefined) return insertSession(tx, authenticated, origin, now);
  const renewed = await renewToken(tx, previousId, authenticated, origin, now);
  if (renewed) return renewed;
  await endSessions(tx, { id: previousId }, now);
  return insertSession(tx, authenticated, origin, now);
}

async function renewToken(
  tx: Prisma.TransactionClient,
  id: string,
  authenticated: Authenticated,
  origin: BrowserOrigin,
  now: Date,
): Promise<NewSession | null> {
  const token = randomToken();
  const { count } = await tx.session.updateMany({
    where: { id, userId: authenticated.userId, endedAt: null },
    data: { tokenHash: digest(token), ...beginning(authenticated, origin, now) },
  });
  return count === 1 ? { id, token } : null;
}

async function insertSession(
  tx: Prisma.TransactionClient,
  authenticated: Authenticated,
  origin: BrowserOrigin,
  now: Date,
): Promise<NewSession> {
  const token = randomToken();
  const { userId } = authenticated;
  const { id } = await tx.session.create({
    data: { tokenHash: digest(token), userId, createdAt: now, ...beginning(authenticated, origin, now) },
    select: { id: true },
  });
  return { id, token };
}

/** Set anew at every sign-in. */
function beginning({ amr }: Authenticated, origin: BrowserOrigin, now: Date) {
  return {
    authenticatedAt: now,
    amr: [...amr],
    browserHash: digest(origin.browserId),
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + currentSettings().sessionLifetime * 1000),
    ipAddress: origin.ipAddress,
    userAgent: origin.userAgent?.slice(0, 300) ?? null,
  };
}

/**
 * Locks the user's password until the transaction ends: a change of password waits, and then also ends the session that
 * begins here.
 * @returns whether the user has to choose another one
 * @throws PasswordChangedError if the password is no longer the one of this generation
 */
export async function lockPassword(
  tx: Prisma.TransactionClient,
  userId: string,
  generation: string,
): Promise<{ changeRequired: boolean }> {
  const [locked] = await tx.$queryRaw<{ changeRequired: boolean }[]>`
    SELECT change_required AS "changeRequired" FROM user_passwords
    WHERE user_id = ${userId}::uuid AND generation = ${generation}::uuid FOR SHARE`;
  if (!locked) throw new PasswordChangedError();
  return locked;
}

interface SessionRow {
  id: string;
  authenticated_at: Date;
  password_confirmed_at: Date | null;
  last_seen_at: Date;
  expires_at: Date;
  amr: string[];
  browser_hash: string | null;
  user_id: string;
  username: string;
  email: string;
  portal_role: PortalRole | null;
  locale: string | null;
}

/**
 * The active session of a token, in the browser in which it began: not ended, within its lifetimes, and of a user who
 * isn't disabled. One statement, because every page needs it.
 */
export async function findSession(token: string, browserId: string, now: Date): Promise<CurrentSession | null> {
  const [row] = await getPrisma().$queryRaw<SessionRow[]>`
    SELECT s.id, s.authenticated_at, s.password_confirmed_at, s.last_seen_at, s.expires_at, s.amr, s.browser_hash,
      u.id AS user_id, u.username, u.email, u.portal_role, u.locale
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.token_hash = ${digest(token)} AND s.ended_at IS NULL AND u.disabled_at IS NULL`;
  if (!row || row.expires_at <= now) return null;
  const idle = now.getTime() - row.last_seen_at.getTime();
  if (idle >= currentSettings().sessionIdleLifetime * 1000) return null;
  const browserHash = digest(browserId);
  if (row.browser_hash !== null && row.browser_hash !== browserHash) return null;
  if (row.browser_hash === null && !(await bindToBrowser(row.id, browserHash))) return null;
  if (idle >= lastSeenWriteInterval) {
    await getPrisma().session.updateMany({ where: { id: row.id }, data: { lastSeenAt: now } });
  }
  const { user_id: id, username, email, portal_role: portalRole, locale } = row;
  return {
    id: row.id,
    authenticatedAt: row.authenticated_at,
    passwordConfirmedAt: later(row.authenticated_at, row.password_confirmed_at),
    amr: row.amr,
    user: { id, username, email, portalRole, locale },
  };
}

function later(one: Date, other: Date | null): Date {
  return other && other > one ? other : one;
}

/**
 * Records that the user of an open session has entered the password again. The session continues under a new token
 * (ASVS 7.2.4), but the user counts as signed in since before. Null if it has ended.
 */
export async function confirmSession(
  tx: Prisma.TransactionClient,
  { id, userId }: { id: string; userId: string },
  now: Date,
): Promise<NewSession | null> {
  const token = randomToken();
  const { count } = await tx.session.updateMany({
    where: { id, userId, endedAt: null },
    data: { tokenHash: digest(token), passwordConfirmedAt: now },
  });
  return count === 1 ? { id, token } : null;
}

/** The id of the ended session that a token was for, if it belongs to this browser. */
export async function findFormerSession(token: string, browserId: string): Promise<string | null> {
  const where = { tokenHash: digest(token), browserHash: digest(browserId), endedAt: { not: null } };
  return (await getPrisma().session.findFirst({ where, select: { id: true } }))?.id ?? null;
}

/** For sessions older than this rule (docs/adr/0035): they are bound to the first browser that presents them. */
async function bindToBrowser(id: string, browserHash: string): Promise<boolean> {
  const { count } = await getPrisma().session.updateMany({
    // Two requests of one browser may race here.
    where: { id, OR: [{ browserHash: null }, { browserHash }] },
    data: { browserHash },
  });
  return count === 1;
}
