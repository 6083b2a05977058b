import "server-only";
import { z } from "zod";
import { expireSessions } from "@/lib/db/oauth/end-sessions";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import type { Wire } from "../wire";

export const expireAllSessionsWire = { input: null, output: z.int() } satisfies Wire;

/** Small enough that a transaction takes milliseconds. */
const batchSize = 100;

/**
 * Ends the sessions that `findSession` no longer accepts and that haven't been ended, so that everything that ends with
 * them does, and applications are notified. Returns their number.
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
