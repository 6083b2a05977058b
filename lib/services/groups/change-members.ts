import "server-only";
import { z } from "zod";
import { toSignInKey } from "@/lib/db/user-key";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { actorId, requirePermission, type ServiceContext, type Transaction, withTransaction } from "../context";
import { ForbiddenError, ValidationError } from "../errors";
import { nameSome } from "../name-some";
import { parseInput } from "../parse";
import { findProtected } from "../users/find-user";
import type { Returned, Sent, Wire } from "../wire";
import { holdGroup } from "./find-group";
import { groupReference, mostMembers, newMembersInput, newMembersSchema } from "./group-schema";

export const addGroupMembersWire = {
  input: newMembersInput,
  /** `already`: how many were members before. */
  output: z.strictObject({ added: z.int(), already: z.int() }),
} satisfies Wire;

/** Adds all of them or, if one isn't found or may not be managed by the actor, none. */
export async function addGroupMembers(
  context: ServiceContext,
  input: Sent<typeof addGroupMembersWire>,
): Promise<Returned<typeof addGroupMembersWire>> {
  requirePermission(context, "groups:write");
  const { id, users } = parseInput(newMembersSchema, input);
  return withTransaction(context, async (tx, audit) => {
    const group = await holdGroup(tx, id);
    const userIds = await findUsers(tx, users);
    const protectedUsers = await findProtected(tx, context, userIds);
    if (protectedUsers.length > 0) throw new ValidationError({ users: [roleHolders(protectedUsers)] });
    const at = context.now();
    const added = await tx.groupMember.createManyAndReturn({
      data: userIds.map((userId) => ({ userId, groupId: group.id, createdAt: at, addedById: actorId(context) })),
      skipDuplicates: true,
      select: { userId: true },
    });
    if (added.length > 0) {
      const details = { groupId: group.id, name: group.name, userIds: added.map(({ userId }) => userId) };
      await audit.record({ type: "group.members_added", at, details });
    }
    return { added: added.length, already: userIds.length - added.length };
  });
}

/** The IDs of the users with these names or addresses, in order, so that two calls don't wait for each other. */
async function findUsers(tx: Transaction, typed: readonly string[]): Promise<string[]> {
  const keyOf = new Map(typed.map((name) => [name, toSignInKey(name)]));
  const keys = [...keyOf.values()].filter((key) => key !== null);
  const found = await tx.user.findMany({
    where: { OR: [{ usernameKey: { in: keys } }, { emailKey: { in: keys } }] },
    select: { id: true, usernameKey: true, emailKey: true },
  });
  const known = new Set(found.flatMap(({ usernameKey, emailKey }) => [usernameKey, emailKey]));
  const unknown = typed.filter((name) => !known.has(keyOf.get(name) ?? ""));
  if (unknown.length > 0)
    throw new ValidationError({ users: [nameSome(unknown, "consoleProblems.groups.unknownUsers")] });
  return found.map(({ id }) => id).toSorted();
}

function roleHolders(names: readonly string[]): string {
  return nameSome(names, "consoleProblems.groups.roleHolders");
}

export const removeGroupMembersWire = {
  input: z.object({ ...groupReference.shape, userIds: z.array(z.string()).max(mostMembers) }),
  output: z.strictObject({ removed: z.int() }),
} satisfies Wire;

/**
 * Removes all of them or, if one may not be managed by the actor, none. Their tokens of applications that are for the
 * group are worth nothing from then on (docs/adr/0061).
 */
export async function removeGroupMembers(
  context: ServiceContext,
  input: Sent<typeof removeGroupMembersWire>,
): Promise<Returned<typeof removeGroupMembersWire>> {
  requirePermission(context, "groups:write");
  const { id, userIds } = parseInput(removeGroupMembersWire.input, input);
  return withTransaction(context, async (tx, audit) => {
    const group = await holdGroup(tx, id);
    const protectedUsers = await findProtected(tx, context, userIds);
    if (protectedUsers.length > 0) throw new ForbiddenError(roleHolders(protectedUsers));
    const removed = await tx.$queryRaw<{ userId: string }[]>`
      DELETE FROM group_members
      WHERE group_id = ${group.id}::uuid AND user_id = ANY(${userIds.filter(isUuid)}::uuid[])
      RETURNING user_id AS "userId"`;
    if (removed.length > 0) {
      const details = { groupId: group.id, name: group.name, userIds: removed.map(({ userId }) => userId) };
      await audit.record({ type: "group.members_removed", at: context.now(), details });
    }
    return { removed: removed.length };
  });
}
