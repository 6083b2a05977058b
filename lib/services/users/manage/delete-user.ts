import "server-only";
import { z } from "zod";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requirePermission, type ServiceContext, type Transaction, withTransaction } from "../../context";
import { ValidationError } from "../../errors";
import { parseInput } from "../../parse";
import type { Sent, Wire } from "../../wire";
import { userReferenceInput } from "../find-user";
import { endAccess } from "./end-access";
import { selectOne } from "./manage-users";

export const deleteUserInput = z.object({
  ...userReferenceInput.shape,
  /** Who gets the applications that the user owns. Required if there are any. */
  newOwnerId: z.string().optional(),
});

export const deleteUserWire = { input: deleteUserInput, output: null } satisfies Wire;

/**
 * Deletes a user with everything that is theirs; applications are notified that their sessions have ended. Events stay
 * in the audit log, and neither the ID nor the subject is ever given to anyone else.
 * @throws ValidationError for `newOwnerId`; NotFoundError; ForbiddenError for one's own account, the last
 * administrator, or a user with a portal role
 */
export async function deleteUser(context: ServiceContext, input: Sent<typeof deleteUserWire>): Promise<void> {
  requirePermission(context, "users:write");
  const { id, newOwnerId } = parseInput(deleteUserInput, input);
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const { id: userId, username } = await selectOne(tx, context, { id, takesAway: true });
    // No sign-in begins another session after this.
    await tx.user.updateMany({ where: { id: userId, disabledAt: null }, data: { disabledAt: at } });
    await endAccess(tx, [userId], at, "user_deleted");
    // From here on nothing can refer to the user anymore, so no application is registered that nobody gets.
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    const handedOver = await handOver(tx, userId, newOwnerId, at);
    await tx.user.delete({ where: { id: userId }, select: { id: true } });
    await audit.record({
      type: "user.deleted",
      at,
      userId,
      details: { username, handedOver, newOwnerId: handedOver > 0 ? (newOwnerId ?? null) : null },
    });
  });
}

async function handOver(tx: Transaction, ownerId: string, newOwnerId: string | undefined, at: Date): Promise<number> {
  const owned = await tx.application.findFirst({ where: { ownerId }, select: { id: true } });
  if (!owned) return 0;
  if (!newOwnerId) throw new ValidationError({ newOwnerId: ["Choose who gets the applications of this user."] });
  const where = { id: newOwnerId, disabledAt: null, NOT: { id: ownerId } };
  const newOwner = isUuid(newOwnerId) ? await tx.user.findFirst({ where, select: { id: true } }) : null;
  if (!newOwner) throw new ValidationError({ newOwnerId: ["Choose a user who can sign in."] });
  const { count } = await tx.application.updateMany({
    where: { ownerId },
    data: { ownerId: newOwner.id, updatedAt: at },
  });
  return count;
}
