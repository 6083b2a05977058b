import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requireUser, type ServiceContext } from "../context";
import { type Described, instant, type Returned, type Wire } from "../wire";

export const sessionSummary = z.strictObject({
  id: z.uuid(),
  createdAt: instant,
  /** Updated about once a minute. */
  lastSeenAt: instant,
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
});

export type SessionSummary = Described<typeof sessionSummary>;

export const listSessionsWire = { input: null, output: z.array(sessionSummary) } satisfies Wire;

/** Enough for anyone's devices; omitted ones haven't been used for the longest time. */
const maximumListed = 100;

/** Where this user is currently signed in, the most recently used first. */
export async function listSessions(context: ServiceContext): Promise<Returned<typeof listSessionsWire>> {
  return findLiveSessions(context, requireUser(context));
}

/** The same of any user: whoever calls this has authorized it. */
export async function findLiveSessions({ now, settings }: LiveAt, userId: string): Promise<SessionSummary[]> {
  return getPrisma().session.findMany({
    where: { userId, ...whereLiveSession({ now, settings }) },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    take: maximumListed,
    select: { id: true, createdAt: true, lastSeenAt: true, ipAddress: true, userAgent: true },
  });
}

/** Not ended, not past its lifetime, and not idle for too long: what `findSession` accepts. */
type LiveAt = Pick<ServiceContext, "now" | "settings">;

export function whereLiveSession({ now, settings }: LiveAt) {
  const at = now();
  const idleSince = new Date(at.getTime() - settings.sessionIdleLifetime * 1000);
  return { endedAt: null, expiresAt: { gt: at }, lastSeenAt: { gt: idleSince } };
}
