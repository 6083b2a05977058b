import "server-only";
import { z } from "zod";
import { countRows } from "@/lib/db/lists/count-rows";
import { sql } from "@/lib/db/lists/sql";
import { getPrisma } from "@/lib/db/prisma";
import { can, requireActor, type ServiceContext } from "../context";
import { rowCount } from "../lists/list-wire";
import type { Returned, Wire } from "../wire";

/** Null: the actor may not see them. */
const count = rowCount.nullable();

export const getOverviewWire = {
  input: null,
  output: z.strictObject({ users: count, groups: count, applications: count }),
} satisfies Wire;

const counted = {
  users: { from: sql`users`, permission: "users:read" },
  groups: { from: sql`groups`, permission: "groups:read" },
  applications: { from: sql`applications`, permission: "applications:read" },
} as const;

/** How many there are of what the actor may see. */
export async function getOverview(context: ServiceContext): Promise<Returned<typeof getOverviewWire>> {
  requireActor(context);
  const client = getPrisma();
  const countOf = async ({ from, permission }: (typeof counted)[keyof typeof counted]) =>
    can(context.actor, permission) ? countRows(client, { from, id: sql`id`, conditions: [] }) : null;
  const [users, groups, applications] = await Promise.all([
    countOf(counted.users),
    countOf(counted.groups),
    countOf(counted.applications),
  ]);
  return { users, groups, applications };
}
