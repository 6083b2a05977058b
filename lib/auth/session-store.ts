import "server-only";
import type { Prisma } from "@/lib/db/client";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import { getPrisma } from "@/lib/db/prisma";
import { retryConflicts } from "@/lib/db/retry";
import { env } from "@/lib/env";
import { digest, randomToken } from "@/lib/oauth/digest";

/** How often, in milliseconds, it is written down that a session was seen. */
const seenResolution = 60_000;

export interface CurrentSession {
  id: string;
  authenticatedAt: Date;
  /** RFC 8176. */
  amr: string[];
  user: { id: string; username: string; email: string; isAdministrator: boolean };
}

export interface Origin {
  ipAddress: string | null;
  userAgent: string | null;
}

/** Between its check and the session the password was changed, which ended every session there was. */
export class PasswordChangedError extends Error {}

/** A session, with the token for the cookie: the row keeps its digest. */
export interface NewSession {
  id: string;
  token: string;
}

/**
 * Makes a session row for someone who has just proved who they are. With the generation of the password that was checked,
 * only while it is still theirs: else throws `PasswordChangedError`.
 */
export async function createSession(
  userId: string,
  origin: Origin,
  now: Date,
  passwordGeneration: string | null = null,
): Promise<NewSession> {
  return getPrisma().$transaction(async (tx) => {
    if (passwordGeneration !== null) await holdPassword(tx, userId, passwordGeneration);
    return insertSession(tx, userId, origin, now);
  });
}

/**
 * The same at a browser that had a session already. Of the same person it goes on under another token (ASVS 7.2.4), so
 * that applications don't take a person who proves again who they are for one who has left; anyone else's ends.
 */
export async function replaceSession(
  previousId: string,
  userId: string,
  origin: Origin,
  now: Date,
  passwordGeneration: string | null,
): Promise<NewSession> {
  return retryConflicts(() =>
    getPrisma().$transaction(async (tx) => {
      if (passwordGeneration !== null) await holdPassword(tx, userId, passwordGeneration);
      const token = randomToken();
      const { count } = await tx.session.updateMany({
        where: { id: previousId, userId, endedAt: null },
        data: { tokenHash: digest(token), authenticatedAt: now, ...beginning(origin, now) },
      });
      if (count === 1) return { id: previousId, token };
      await endSessions(tx, { id: previousId }, now);
      return insertSession(tx, userId, origin, now);
    }),
  );
}

/** Held until the transaction ends: a change of the password waits, and ends this session with the others. */
async function holdPassword(tx: Prisma.TransactionClient, userId: string, generation: string): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM user_passwords WHERE user_id = ${userId}::uuid AND generation = ${generation}::uuid FOR SHARE`;
  if (held.length === 0) throw new PasswordChangedError();
}

async function insertSession(
  tx: Prisma.TransactionClient,
  userId: string,
  origin: Origin,
  now: Date,
): Promise<NewSession> {
  const token = randomToken();
  const { id } = await tx.session.create({
    data: { tokenHash: digest(token), userId, authenticatedAt: now, createdAt: now, ...beginning(origin, now) },
    select: { id: true },
  });
  return { id, token };
}

/** What every sign-in sets anew. */
function beginning(origin: Origin, now: Date) {
  return {
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + env().SESSION_LIFETIME * 1000),
    ipAddress: origin.ipAddress,
    userAgent: origin.userAgent?.slice(0, 300) ?? null,
  };
}

/** The live session of a token: not ended, not past its lifetimes, and of a person who isn't disabled. */
export async function findSession(token: string, now: Date): Promise<CurrentSession | null> {
  const prisma = getPrisma();
  const row = await prisma.session.findUnique({
    where: { tokenHash: digest(token) },
    include: { user: { omit: { usernameKey: true, emailKey: true } } },
  });
  if (!row || row.endedAt || row.expiresAt <= now || row.user.disabledAt) return null;
  const idle = now.getTime() - row.lastSeenAt.getTime();
  if (idle >= env().SESSION_IDLE_LIFETIME * 1000) return null;
  if (idle >= seenResolution) await prisma.session.updateMany({ where: { id: row.id }, data: { lastSeenAt: now } });
  const { id, username, email, isAdministrator } = row.user;
  const { id: sessionId, authenticatedAt, amr } = row;
  return { id: sessionId, authenticatedAt, amr, user: { id, username, email, isAdministrator } };
}

/** Ends a session on the server, with what lives no longer than it: whoever still holds its cookie is signed out. */
export async function endSession(id: string, now: Date): Promise<void> {
  await retryConflicts(() => getPrisma().$transaction((tx) => endSessions(tx, { id }, now)));
}
