import "server-only";
import { z } from "zod";
import { toSignInKey } from "@/lib/db/user-key";
import { problem } from "@/lib/messages/problem";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { actorId, can, requirePermission, type ServiceContext, type Transaction, withTransaction } from "../../context";
import { ValidationError } from "../../errors";
import { parseInput } from "../../parse";
import type { Sent, Wire } from "../../wire";
import { userReferenceInput } from "../find-user";
import { endAccess } from "./end-access";
import { selectOne } from "./manage-users";

export const deleteUserInput = z.object({
  ...userReferenceInput.shape,
  /** Who gets the applications that the user owns, by ID, username or e-mail address. Required if there are any. */
  newOwner: z.string().optional(),
});

export const deleteUserWire = { input: deleteUserInput, output: null } satisfies Wire;

/**
 * Deletes a user with everything that is theirs; applications are notified that their sessions have ended. Events stay
 * in the audit log, and neither the ID nor the subject is ever given to anyone else.
 * @throws ValidationError for `newOwner`; NotFoundError; ForbiddenError for one's own account, the last
 * administrator, or a user with a portal role
 */
export async function deleteUser(context: ServiceContext, input: Sent<typeof deleteUserWire>): Promise<void> {
  requirePermission(context, "users:write");
  const { id, newOwner } = parseInput(deleteUserInput, input);
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const { id: userId, username } = await selectOne(tx, context, { id, takesAway: true });
    // No sign-in begins another session after this.
    await tx.user.updateMany({ where: { id: userId, disabledAt: null }, data: { disabledAt: at } });
    await endAccess(tx, [userId], at, "user_deleted");
    // From here on nothing can refer to the user anymore, so no application is registered that nobody gets.
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    const { handedOver, newOwnerId } = await handOver(tx, context, userId, newOwner);
    await tx.user.delete({ where: { id: userId }, select: { id: true } });
    await audit.record({
      type: "user.deleted",
      at,
      userId,
      details: { username, handedOver, newOwnerId },
    });
  });
}

async function handOver(
  tx: Transaction,
  context: ServiceContext,
  ownerId: string,
  typed: string | undefined,
): Promise<{ handedOver: number; newOwnerId: string | null }> {
  const owned = await tx.application.findFirst({ where: { ownerId }, select: { id: true } });
  if (!owned) return { handedOver: 0, newOwnerId: null };
  if (!typed) throw new ValidationError({ newOwner: [problem("consoleProblems.users.heir")] });
  const newOwner = await tx.user.findFirst({
    where: { ...whereNamed(typed), disabledAt: null, NOT: { id: ownerId } },
    select: { id: true },
  });
  if (!newOwner) throw new ValidationError({ newOwner: [problem("consoleProblems.users.heirSignsIn")] });
  // Who manages users alone doesn't get at applications by deleting their owner.
  if (newOwner.id === actorId(context) && !can(context.actor, "applications:write")) {
    throw new ValidationError({ newOwner: [problem("consoleProblems.users.heirSelf")] });
  }
  const { count } = await tx.application.updateMany({
    where: { ownerId },
    data: { ownerId: newOwner.id, updatedAt: context.now() },
  });
  return { handedOver: count, newOwnerId: newOwner.id };
}

function whereNamed(typed: string) {
  if (isUuid(typed)) return { id: typed };
  const key = toSignInKey(typed) ?? "";
  return { OR: [{ usernameKey: key }, { emailKey: key }] };
}
