import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { problem } from "@/lib/messages/problem";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { actorId, requirePermission, type ServiceContext, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { pageInput, pageOf, rowsForPage, toPage } from "../page";
import { parseInput } from "../parse";
import { requireManageableUser, whereUser } from "../users/find-user";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";

/** How many groups a user may be put into here. */
const mostGroups = 1000;

const userGroup = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  addedAt: instant,
});

export type UserGroup = Described<typeof userGroup>;

export const listUserGroupsWire = {
  input: z.object({ userId: z.string(), ...pageInput.shape }),
  output: pageOf("groups", userGroup),
} satisfies Wire;

/** A page of the groups that a user is in, by name. */
export async function listUserGroups(
  context: ServiceContext,
  { userId, after }: Sent<typeof listUserGroupsWire>,
): Promise<Returned<typeof listUserGroupsWire>> {
  requirePermission(context, "groups:read");
  const { id } = whereUser(userId);
  const rows = await getPrisma().groupMember.findMany({
    where: { userId: id, ...(after !== undefined && { group: { nameKey: { gt: after.replaceAll("\0", "") } } }) },
    select: { createdAt: true, group: { select: { id: true, name: true, nameKey: true, description: true } } },
    orderBy: { group: { nameKey: "asc" } },
    take: rowsForPage,
  });
  const { page, next } = toPage(rows, ({ group }) => group.nameKey);
  const groups = page.map(({ createdAt, group: { nameKey: _, ...group } }) => ({ ...group, addedAt: createdAt }));
  return { groups, next };
}

export const setUserGroupsWire = {
  input: z.object({ userId: z.string(), groupIds: z.array(z.string()).max(mostGroups) }),
  output: null,
} satisfies Wire;

/** Puts a user into these groups, and into no others. Where they are already in, it stays known since when. */
export async function setUserGroups(context: ServiceContext, input: Sent<typeof setUserGroupsWire>): Promise<void> {
  requirePermission(context, "groups:write");
  const { userId, groupIds } = parseInput(setUserGroupsWire.input, input);
  const where = whereUser(userId);
  const wanted = [...new Set(groupIds)].toSorted();
  if (!wanted.every(isUuid)) throw new ValidationError({ groupIds: [problem("consoleProblems.groups.gone")] });
  await withTransaction(context, async (tx, audit) => {
    await requireManageableUser(tx, context, where.id);
    const groups = await tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT id, name FROM groups WHERE id = ANY(${wanted}::uuid[]) ORDER BY id FOR KEY SHARE`;
    if (groups.length < wanted.length)
      throw new ValidationError({ groupIds: [problem("consoleProblems.groups.gone")] });
    const at = context.now();
    const removed = await tx.$queryRaw<{ name: string }[]>`
      DELETE FROM group_members gm USING groups g
      WHERE gm.user_id = ${where.id}::uuid AND g.id = gm.group_id AND gm.group_id <> ALL(${wanted}::uuid[])
      RETURNING g.name`;
    const added = await tx.groupMember.createManyAndReturn({
      data: wanted.map((groupId) => ({ userId: where.id, groupId, createdAt: at, addedById: actorId(context) })),
      skipDuplicates: true,
      select: { group: { select: { name: true } } },
    });
    if (added.length + removed.length === 0) return;
    await audit.record({
      type: "user.groups_changed",
      at,
      userId: where.id,
      details: { added: added.map(({ group }) => group.name), removed: removed.map(({ name }) => name) },
    });
  });
}
