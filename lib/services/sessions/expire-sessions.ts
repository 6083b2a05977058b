import "server-only";
import { z } from "zod";
import { expireSessions } from "@/lib/db/oauth/end-sessions";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import type { Wire } from "../wire";

export const expireAllSessionsWire = { input: null, output: z.int() } satisfies Wire;

/** Small enough that a transaction is over in milliseconds. */
const batchSize = 100;

/**
 * Ends the sessions that `findSession` accepts no more and nobody has ended, so that what lives no longer than they do
 * goes too and applications are notified. Returns how many it were.
 */
export async function expireAllSessions(
  context: ServiceContext,
  { isStopped = () => false }: { isStopped?: () => boolean } = {},
): Promise<number> {
  requirePermission(context, "sessions:write");
  let count = 0;
  while (!isStopped()) {
    const at = context.now();
    const idleSince = new Date(at.getTime() - context.settings.sessionIdleLifetime * 1000);
    const ended = await withTransaction(context, (tx) => expireSessions(tx, { idleSince, limit: batchSize }, at));
    count += ended.length;
    if (ended.length < batchSize) break;
  }
  return count;
}
