import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { problem } from "@/lib/messages/problem";
import { nameApplications, namedApplications } from "../applications/name-applications";
import { can, requirePermission, type ServiceContext, type Transaction, withTransaction } from "../context";
import { ForbiddenError } from "../errors";
import { rowCount } from "../lists/list-wire";
import type { Described, Returned, Sent, Wire } from "../wire";
import { countMembers } from "./count-members";
import { groupNotFound, holdGroup, whereGroup } from "./find-group";
import { groupReference } from "./group-schema";

const groupDeletionImpact = z.strictObject({
  name: z.string(),
  /** Up to 10,000; not exact: there are more. */
  members: rowCount,
  /** The applications that members of other groups may go on using. */
  shared: namedApplications,
  /** Those that nobody may use afterwards: it is their only group. */
  closed: namedApplications,
});

export type GroupDeletionImpact = Described<typeof groupDeletionImpact>;

export const describeGroupDeletionWire = { input: groupReference, output: groupDeletionImpact } satisfies Wire;

export async function describeGroupDeletion(
  context: ServiceContext,
  { id }: Sent<typeof describeGroupDeletionWire>,
): Promise<Returned<typeof describeGroupDeletionWire>> {
  requirePermission(context, "groups:write");
  const prisma = getPrisma();
  const restricted = { accessRestricted: true, groups: { some: { groupId: id } } };
  const others = { some: { groupId: { not: id } } };
  const group = await prisma.group.findUnique({ where: whereGroup(id), select: { name: true } });
  if (!group) throw groupNotFound();
  const [membersOf, shared, closed] = await Promise.all([
    countMembers([id]),
    nameApplications(prisma, { AND: [restricted, { groups: others }] }),
    nameApplications(prisma, { AND: [restricted, { NOT: { groups: others } }] }),
  ]);
  return { ...group, members: membersOf(id), shared, closed };
}

/** @throws ForbiddenError if a member holds a portal role, and the actor may not manage those */
async function requireManageableMembers(tx: Transaction, context: ServiceContext, groupId: string): Promise<void> {
  if (can(context.actor, "roles:write")) return;
  const member = await tx.groupMember.findFirst({
    where: { groupId, user: { portalRole: { not: null } } },
    select: { userId: true },
  });
  if (member) throw new ForbiddenError(problem("consoleProblems.groups.deletionOfRoleHolders"));
}

export const deleteGroupWire = { input: groupReference, output: null } satisfies Wire;

/**
 * Ends all memberships, so it takes who may end each of them. An application whose only group it was stays restricted:
 * nobody may use it until another group is chosen.
 */
export async function deleteGroup(context: ServiceContext, { id }: Sent<typeof deleteGroupWire>): Promise<void> {
  requirePermission(context, "groups:write");
  await withTransaction(context, async (tx, audit) => {
    const { name } = await holdGroup(tx, id);
    await requireManageableMembers(tx, context, id);
    const membersOf = await countMembers([id], tx);
    const applications = await tx.applicationGroup.count({ where: { groupId: id } });
    await tx.group.delete({ where: { id }, select: { id: true } });
    await audit.record({
      type: "group.deleted",
      at: context.now(),
      details: { groupId: id, name, members: membersOf(id).value, applications },
    });
  });
}
