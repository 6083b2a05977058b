import "server-only";
import type { Prisma } from "@/lib/db/client";
import { getPrisma } from "@/lib/db/prisma";
import { env } from "@/lib/env";
import { digest, randomToken } from "@/lib/oauth/digest";

/** How often, in milliseconds, it is written down that a session was seen. */
const seenResolution = 60_000;

export interface CurrentSession {
  id: string;
  authenticatedAt: Date;
  user: { id: string; username: string; email: string; isAdministrator: boolean };
}

export interface Origin {
  ipAddress: string | null;
  userAgent: string | null;
}

/** Between its check and the session the password was changed, which ended every session there was. */
export class PasswordChangedError extends Error {}

/**
 * Makes a session row for someone who has just proved who they are. The token is for the cookie, the row keeps its
 * digest. With the hash of the password that was checked, only while it is still the person's: else throws
 * `PasswordChangedError`.
 */
export async function createSession(
  userId: string,
  origin: Origin,
  now: Date,
  passwordHash: string | null = null,
): Promise<{ id: string; token: string }> {
  const token = randomToken();
  const id = await getPrisma().$transaction(async (tx) => {
    if (passwordHash !== null) {
      // Held until the row is there: a change of the password waits, and ends this session with the others.
      const held = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM user_passwords WHERE user_id = ${userId}::uuid AND hash = ${passwordHash} FOR SHARE`;
      if (held.length === 0) throw new PasswordChangedError();
    }
    return insertSession(tx, userId, token, origin, now);
  });
  return { id, token };
}

async function insertSession(
  tx: Prisma.TransactionClient,
  userId: string,
  token: string,
  origin: Origin,
  now: Date,
): Promise<string> {
  const { id } = await tx.session.create({
    data: {
      tokenHash: digest(token),
      userId,
      authenticatedAt: now,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + env().SESSION_LIFETIME * 1000),
      ipAddress: origin.ipAddress,
      userAgent: origin.userAgent?.slice(0, 300) ?? null,
    },
    select: { id: true },
  });
  return id;
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
  return { id: row.id, authenticatedAt: row.authenticatedAt, user: { id, username, email, isAdministrator } };
}

/** Ends a session on the server: whoever still holds its cookie is signed out. */
export async function endSession(id: string, now: Date): Promise<void> {
  await getPrisma().session.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } });
}
