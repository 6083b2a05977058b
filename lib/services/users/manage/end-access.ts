import "server-only";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import type { RevocationReason } from "@/lib/oauth/ports/store";
import type { Transaction } from "../../context";
import { revokeGrantsOfSessions } from "../../sessions/revoke-sessions";

/**
 * Ends everything through which these users, or applications for them, have access at the moment: sessions, with a
 * logout token for each application that was used in them; codes, approved devices and tokens; authorization requests
 * that these sessions had begun to answer; links to reset a password. What they allowed applications is remembered.
 */
export async function endAccess(
  tx: Transaction,
  userIds: string[],
  at: Date,
  reason: RevocationReason,
): Promise<{ sessionIds: string[] }> {
  const sessionIds = await endSessions(tx, { userId: { in: userIds } }, at);
  await revokeGrantsOfSessions(tx, { userId: { in: userIds } }, at, reason);
  const answered = { in: sessionIds };
  if (sessionIds.length > 0) {
    await tx.authorizationRequest.deleteMany({
      where: { OR: [{ authenticatedSessionId: answered }, { decidedBySessionId: answered }] },
    });
  }
  await tx.passwordResetLink.deleteMany({ where: { userId: { in: userIds } } });
  return { sessionIds };
}
