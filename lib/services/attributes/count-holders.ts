import "server-only";
import { getPrisma } from "@/lib/db/prisma";

/** Counting stops here: the exact number of users isn't worth its cost. */
const countLimit = 10_000;

export interface HolderCount {
  value: number;
  /** False: there are more. */
  exact: boolean;
}

/** How many users have a value of each of these attributes, in one query. */
export async function countHolders(attributeIds: readonly string[]): Promise<(attributeId: string) => HolderCount> {
  const rows = await getPrisma().$queryRaw<{ id: string; value: number }[]>`
    SELECT a.id, counted.value
    FROM unnest(${[...attributeIds]}::uuid[]) AS a (id), LATERAL (
      SELECT count(*)::int AS value
      FROM (SELECT FROM user_attribute_values v WHERE v.attribute_id = a.id LIMIT ${countLimit + 1}) AS holders
    ) AS counted`;
  const counts = new Map(rows.map(({ id, value }) => [id, value]));
  return (attributeId) => {
    const value = counts.get(attributeId) ?? 0;
    return { value: Math.min(value, countLimit), exact: value <= countLimit };
  };
}
