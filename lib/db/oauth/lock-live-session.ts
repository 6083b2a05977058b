import "server-only";
import type { Prisma } from "../client";

/**
 * Whether tokens may still be issued from a session; it can't be ended until the transaction ends. So ending one, or
 * all of them with a new password, either comes first, and nothing is issued, or ends what was issued. A session whose
 * row was cleaned up had ended long before.
 */
export async function lockLiveSession(tx: Prisma.TransactionClient, sessionId: string | null): Promise<boolean> {
  if (sessionId === null) return true;
  const [session] = await tx.$queryRaw<{ hasEnded: boolean }[]>`
    SELECT ended_at IS NOT NULL AS "hasEnded" FROM sessions WHERE id = ${sessionId}::uuid FOR SHARE`;
  return !session?.hasEnded;
}
