import "server-only";
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

/** Makes a session row for someone who has just proved who they are. The token is for the cookie, the row keeps its digest. */
export async function createSession(userId: string, origin: Origin, now: Date): Promise<{ id: string; token: string }> {
  const token = randomToken();
  const { id } = await getPrisma().session.create({
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
  return { id, token };
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
