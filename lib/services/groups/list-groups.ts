import "server-only";
import { z } from "zod";
import { sql } from "@/lib/db/lists/sql";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { listInput, listOf, rowCount } from "../lists/list-wire";
import { inOrderOf, type List, readList } from "../lists/read-list";
import { parseInput } from "../parse";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";
import { countMembers } from "./count-members";

const groupSorts = ["name", "created"] as const;

export const groupSummary = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  createdAt: instant,
  /** Up to 10,000; not exact: there are more. */
  members: rowCount,
  /** How many applications it was chosen for. */
  applications: z.int(),
});

export type GroupSummary = Described<typeof groupSummary>;

export const groupColumns = {
  id: true,
  name: true,
  description: true,
  createdAt: true,
  _count: { select: { applications: true } },
} as const;

const groupList = {
  from: sql`groups g`,
  id: sql`g.id`,
  searched: {
    column: sql`g.search_text`,
    table: sql`groups`,
    name: sql`search_text`,
    id: sql`g.id`,
    trigramIndex: "groups_search_text_idx",
  },
  orders: {
    name: { by: sql`g.name_key`, kind: "text" },
    created: { by: sql`g.created_at`, kind: "moment" },
  },
  firstOrder: "name",
} as const satisfies List<(typeof groupSorts)[number]>;

export const listGroupsInput = listInput(groupSorts, {});

export const listGroupsWire = { input: listGroupsInput, output: listOf("groups", groupSummary) } satisfies Wire;

/** A page of the groups, by name if nothing else is asked for. */
export async function listGroups(
  context: ServiceContext,
  input: Sent<typeof listGroupsWire> = {},
): Promise<Returned<typeof listGroupsWire>> {
  requirePermission(context, "groups:read");
  const { ids, ...page } = await readList(groupList, [], parseInput(listGroupsInput, input));
  const [rows, membersOf] = await Promise.all([
    getPrisma().group.findMany({ where: { id: { in: ids } }, select: groupColumns }),
    countMembers(ids),
  ]);
  const groups = inOrderOf(ids, rows).map(({ _count, ...row }) => ({
    ...row,
    members: membersOf(row.id),
    applications: _count.applications,
  }));
  return { groups, ...page };
}
