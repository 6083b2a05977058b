import "server-only";
import { Prisma } from "../generated/client";

/** A piece of SQL, whose values are parameters. */
export type Sql = Prisma.Sql;

export const sql = Prisma.sql;

/** All of the conditions; true without any. */
export function everyOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`true` : Prisma.join([...conditions], " AND ");
}
