import "server-only";
import { countRows, type RowCount } from "@/lib/db/lists/count-rows";
import { type Searched, searchCondition } from "@/lib/db/lists/search-condition";
import { type Order, selectPage } from "@/lib/db/lists/select-page";
import type { Sql } from "@/lib/db/lists/sql";
import { getPrisma } from "@/lib/db/prisma";
import { rowsForPage, toPage } from "../page";
import { readCursor, toCursor } from "./cursor";

/** Where the rows of a list are, in which orders it comes, and in what it is searched (docs/adr/0060). */
export interface List<Name extends string> {
  /** As after FROM. */
  from: Sql;
  id: Sql;
  /** What the id is, if it isn't a UUID. */
  idKind?: "text";
  /** Absent if the list has a search of its own, among its conditions. */
  searched?: Searched;
  orders: Readonly<Record<Name, Order>>;
  firstOrder: Name | `-${Name}`;
}

export interface ListInput<Name extends string> {
  q?: string | undefined;
  sort?: Name | `-${Name}` | undefined;
  after?: string | undefined;
}

export interface ListPage {
  /** In the order of the list. */
  ids: string[];
  next: string | null;
  count: RowCount;
}

/** The ids of a page, and how many rows there are. `conditions` are what its filters ask for. */
export async function readList<Name extends string>(
  list: List<Name>,
  conditions: readonly Sql[],
  { q = "", sort = list.firstOrder, after }: ListInput<Name>,
): Promise<ListPage> {
  const client = getPrisma();
  const { from, id, idKind = "uuid", orders, searched } = list;
  const descending = sort.startsWith("-");
  const order = orders[(descending ? sort.slice(1) : sort) as Name];
  const search = searched ? await searchCondition(client, searched, q) : null;
  const rows = { from, id, conditions: search ? [...conditions, search] : conditions };
  const [positions, count] = await Promise.all([
    selectPage(client, {
      ...rows,
      idKind,
      order: { ...order, descending },
      after: readCursor(after, sort, { ...order, idKind }),
      limit: rowsForPage,
    }),
    countRows(client, rows),
  ]);
  const { page, next } = toPage(positions, (position) => toCursor(sort, position));
  return { ids: page.map((position) => position.id), next, count };
}

/** Rows in the order of their ids. One that was deleted meanwhile is missing. */
export function inOrderOf<Row extends { id: string }>(ids: readonly string[], rows: readonly Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
