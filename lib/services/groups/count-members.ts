import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { Transaction } from "../context";

/** Counting stops here: the exact number of members of a large group isn't worth its cost. */
const countLimit = 10_000;

export interface MemberCount {
  value: number;
  /** False: there are more. */
  exact: boolean;
}

/** How many members each of these groups has, in one query. */
export async function countMembers(
  groupIds: readonly string[],
  client: Pick<Transaction, "$queryRaw"> = getPrisma(),
): Promise<(groupId: string) => MemberCount> {
  const rows = await client.$queryRaw<{ id: string; value: number }[]>`
    SELECT g.id, counted.value
    FROM unnest(${[...groupIds]}::uuid[]) AS g (id), LATERAL (
      SELECT count(*)::int AS value
      FROM (SELECT FROM group_members gm WHERE gm.group_id = g.id LIMIT ${countLimit + 1}) AS members
    ) AS counted`;
  const counts = new Map(rows.map(({ id, value }) => [id, value]));
  return (groupId) => {
    const value = counts.get(groupId) ?? 0;
    return { value: Math.min(value, countLimit), exact: value <= countLimit };
  };
}
