import "server-only";
import { z } from "zod";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import type { AuditLog, RevocationReason } from "@/lib/oauth/ports/store";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requireUser, type ServiceContext, type Transaction, withTransaction } from "../context";
import { NotFoundError, UnauthenticatedError } from "../errors";
import type { Sent, Wire } from "../wire";

export const revokeSessionWire = { input: z.object({ sessionId: z.string() }), output: null } satisfies Wire;

/**
 * Signs this user out of one session, from another: someone else may be using it, so what applications got from there
 * ends too. Signing out in one's own browser is different and leaves that alone (`signOut`).
 */
export async function revokeSession(
  context: ServiceContext,
  { sessionId }: Sent<typeof revokeSessionWire>,
): Promise<void> {
  const userId = requireUser(context);
  await withTransaction(context, (tx, audit) => endSession(tx, audit, { userId, sessionId }, context.now()));
}

/** The same in the transaction of a caller who has authorized it. @throws NotFoundError */
export async function endSession(
  tx: Transaction,
  audit: AuditLog,
  { userId, sessionId }: { userId: string; sessionId: string },
  at: Date,
): Promise<void> {
  const ended = isUuid(sessionId) ? await endSessions(tx, { userId, id: sessionId }, at) : [];
  if (ended.length === 0) throw new NotFoundError("session");
  await revokeGrantsOfSessions(tx, { userId, sessionId }, at, "session_ended");
  await audit.record({ type: "session.ended", at, userId, details: { sessionId } });
}

export const revokeOtherSessionsWire = { input: null, output: null } satisfies Wire;

/** The same for every session except the calling one. */
export async function revokeOtherSessions(context: ServiceContext): Promise<void> {
  const userId = requireUser(context);
  const currentSessionId = context.sessionId;
  if (!currentSessionId) throw new UnauthenticatedError();
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const sessionIds = await endSessions(tx, { userId, id: { not: currentSessionId } }, at);
    if (sessionIds.length === 0) return;
    await revokeGrantsOfSessions(tx, { userId, sessionId: { in: sessionIds } }, at, "session_ended");
    await audit.record({ type: "session.others_ended", at, userId, details: { sessionIds } });
  });
}

/** Revokes users' token families, and the codes and approved devices that could still become some. */
export async function revokeGrantsOfSessions(
  tx: Transaction,
  where: { userId: string | { in: string[] }; sessionId?: string | { in: string[] } },
  at: Date,
  reason: RevocationReason,
): Promise<void> {
  // Codes first: one that is being redeemed now either fails, or its family is visible to the last statement.
  await tx.authorizationCode.updateMany({ where: { ...where, consumedAt: null }, data: { consumedAt: at } });
  await tx.deviceAuthorization.updateMany({
    where: { ...where, decision: "approved", consumedAt: null },
    data: { consumedAt: at },
  });
  await tx.tokenFamily.updateMany({
    where: { ...where, revokedAt: null },
    data: { revokedAt: at, revokedReason: reason },
  });
}
