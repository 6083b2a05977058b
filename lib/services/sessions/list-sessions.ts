import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { requireUser, type ServiceContext } from "../context";

export interface SessionSummary {
  id: string;
  createdAt: Date;
  /** Written down about once a minute. */
  lastSeenAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
}

/** Enough for anyone's devices; the ones that are left out haven't been seen for the longest time. */
const maximumListed = 100;

/** Where this person is signed in at the moment, the last seen first. */
export async function listSessions(context: ServiceContext): Promise<SessionSummary[]> {
  const userId = requireUser(context);
  return getPrisma().session.findMany({
    where: { userId, ...whereLiveSession(context) },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    take: maximumListed,
    select: { id: true, createdAt: true, lastSeenAt: true, ipAddress: true, userAgent: true },
  });
}

/** Neither ended, nor past its lifetime, nor idle for too long: what `findSession` accepts. */
function whereLiveSession(context: ServiceContext) {
  const now = context.now();
  const idleSince = new Date(now.getTime() - context.settings.sessionIdleLifetime * 1000);
  return { endedAt: null, expiresAt: { gt: now }, lastSeenAt: { gt: idleSince } };
}
