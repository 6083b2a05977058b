import "server-only";
import { z } from "zod";
import { sql } from "@/lib/db/lists/sql";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { listInput, listOf } from "../lists/list-wire";
import { inOrderOf, type List, readList } from "../lists/read-list";
import { parseInput } from "../parse";
import { userList } from "../users/manage/user-list";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";
import { groupNotFound, whereGroup } from "./find-group";
import { groupReference } from "./group-schema";

const memberSorts = ["name", "username", "added"] as const;

const groupMember = z.strictObject({
  id: z.uuid(),
  username: z.string(),
  name: z.string().nullable(),
  email: z.string(),
  disabled: z.boolean(),
  addedAt: instant,
  /** Null: by a command, by an invitation, or they are gone. */
  addedBy: z.string().nullable(),
});

export type GroupMember = Described<typeof groupMember>;

const memberList = {
  from: sql`group_members gm JOIN users u ON u.id = gm.user_id`,
  id: sql`gm.user_id`,
  searched: userList.searched,
  orders: {
    name: userList.orders.name,
    username: userList.orders.username,
    added: { by: sql`gm.created_at`, kind: "moment" },
  },
  firstOrder: "name",
} as const satisfies List<(typeof memberSorts)[number]>;

export const listGroupMembersInput = listInput(memberSorts, groupReference.shape);

export const listGroupMembersWire = {
  input: listGroupMembersInput,
  output: listOf("members", groupMember),
} satisfies Wire;

/** A page of the members, by name if nothing else is asked for. */
export async function listGroupMembers(
  context: ServiceContext,
  input: Sent<typeof listGroupMembersWire>,
): Promise<Returned<typeof listGroupMembersWire>> {
  requirePermission(context, "groups:read");
  // Names and addresses: who only chooses groups for applications has no need of them.
  requirePermission(context, "users:read");
  const where = whereGroup(input.id);
  const prisma = getPrisma();
  if (!(await prisma.group.findUnique({ where, select: { id: true } }))) throw groupNotFound();
  const ofGroup = sql`gm.group_id = ${where.id}::uuid`;
  const { ids, ...page } = await readList(memberList, [ofGroup], parseInput(listGroupMembersInput, input));
  const rows = await prisma.groupMember.findMany({
    where: { groupId: where.id, userId: { in: ids } },
    select: {
      createdAt: true,
      addedBy: { select: { username: true } },
      user: { select: { id: true, username: true, name: true, email: true, disabledAt: true } },
    },
  });
  const members = rows.map(({ createdAt, addedBy, user: { disabledAt, ...user } }) => ({
    ...user,
    disabled: disabledAt !== null,
    addedAt: createdAt,
    addedBy: addedBy?.username ?? null,
  }));
  return { members: inOrderOf(ids, members), ...page };
}
