import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext, withTransaction } from "../../context";
import { findLiveSessions, sessionSummary } from "../../sessions/list-sessions";
import { endSession } from "../../sessions/revoke-sessions";
import type { Returned, Sent, Wire } from "../../wire";
import { requireManageableUser, userNotFound, userReferenceInput, whereUser } from "../find-user";

export const listUserSessionsWire = { input: userReferenceInput, output: z.array(sessionSummary) } satisfies Wire;

/** Where a user is signed in, the most recently used first; a hundred at most. */
export async function listUserSessions(
  context: ServiceContext,
  { id }: Sent<typeof listUserSessionsWire>,
): Promise<Returned<typeof listUserSessionsWire>> {
  requirePermission(context, "users:read");
  const user = await getPrisma().user.findUnique({ where: whereUser(id), select: { id: true } });
  if (!user) throw userNotFound();
  return findLiveSessions(context, user.id);
}

export const endUserSessionWire = {
  input: z.object({ ...userReferenceInput.shape, sessionId: z.string() }),
  output: null,
} satisfies Wire;

/** Ends one session of a user, with what applications got from it. */
export async function endUserSession(
  context: ServiceContext,
  { id, sessionId }: Sent<typeof endUserSessionWire>,
): Promise<void> {
  requirePermission(context, "sessions:write");
  await withTransaction(context, async (tx, audit) => {
    const { id: userId } = await requireManageableUser(tx, context, id);
    await endSession(tx, audit, { userId, sessionId }, context.now());
  });
}
