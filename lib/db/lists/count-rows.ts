import "server-only";
import type { Prisma } from "../generated/client";
import { everyOf, type Sql } from "./sql";

/** Counted one by one up to this; beyond it nobody wants to know precisely, and counting would read the whole table. */
const exactlyCounted = 10_000;

export interface RowCount {
  value: number;
  /** False: what PostgreSQL's statistics say. */
  exact: boolean;
}

interface Counted {
  from: Sql;
  id: Sql;
  conditions: readonly Sql[];
}

/** How many rows of a list meet the conditions. */
export async function countRows(
  client: Pick<Prisma.TransactionClient, "$queryRaw">,
  { from, id, conditions }: Counted,
): Promise<RowCount> {
  const where = everyOf(conditions);
  // In order of the id, so that it stops after so many rows of an index.
  const [counted] = await client.$queryRaw<{ value: number }[]>`
    SELECT count(*)::int AS value
    FROM (SELECT FROM ${from} WHERE ${where} ORDER BY ${id} LIMIT ${exactlyCounted + 1}) AS counted`;
  const value = counted?.value ?? 0;
  if (value <= exactlyCounted) return { value, exact: true };
  const [explained] = await client.$queryRaw<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }[]>`
    EXPLAIN (FORMAT JSON) SELECT FROM ${from} WHERE ${where}`;
  return { value: Math.max(value, explained?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0), exact: false };
}
