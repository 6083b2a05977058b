import "server-only";
import type { Prisma } from "../generated/client";
import { everyOf, type Sql, sql } from "./sql";

/** What rows are in order by: never null, and the leading column of an index whose second is the id. */
export interface Order {
  by: Sql;
  kind: "text" | "moment";
}

/** A row's place in an order. A moment is RFC 3339 text. */
export interface Position {
  value: string;
  id: string;
}

export interface PageOfIds {
  /** As after FROM. */
  from: Sql;
  id: Sql;
  /** `uuid` if absent. */
  idKind?: "uuid" | "text";
  conditions: readonly Sql[];
  order: Order & { descending: boolean };
  /** Null: from the first row. */
  after: Position | null;
  limit: number;
}

type Client = Pick<Prisma.TransactionClient, "$queryRaw">;

/** The next rows of a list. It continues after a place by the index, so the last page costs what the first does. */
export async function selectPage(client: Client, page: PageOfIds): Promise<Position[]> {
  const { from, id, conditions, order, after, limit } = page;
  const direction = order.descending ? sql`DESC` : sql`ASC`;
  const rows = await client.$queryRaw<{ id: string; value: string | Date }[]>`
    SELECT ${id} AS id, ${order.by} AS value FROM ${from}
    WHERE ${everyOf(after ? [...conditions, beyond(page, after)] : conditions)}
    ORDER BY ${order.by} ${direction}, ${id} ${direction} LIMIT ${limit}`;
  return rows.map(({ id, value }) => ({ id, value: value instanceof Date ? value.toISOString() : value }));
}

function beyond({ id, idKind = "uuid", order: { by, kind, descending } }: PageOfIds, after: Position): Sql {
  const place = idKind === "uuid" ? sql`${after.id}::uuid` : sql`${after.id}::text`;
  const value = kind === "moment" ? sql`${after.value}::timestamptz` : sql`${after.value}::text`;
  return sql`(${by}, ${id}) ${descending ? sql`<` : sql`>`} (${value}, ${place})`;
}
