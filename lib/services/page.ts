import { z } from "zod";
import { isUuid } from "@/lib/oauth/wire/uuid";

const pageSize = 50;

/** How many rows a query reads for a page: the additional one shows that there is another page. */
export const rowsForPage = pageSize + 1;

/** `after` is the `next` of the page before; anything else begins at the first page. */
export const pageInput = z.object({ after: z.string().optional() });

/** A page of a list, under its name. */
export function pageOf<Name extends string, Row extends z.ZodType>(name: Name, row: Row) {
  const rows = { [name]: z.array(row) } as Record<Name, z.ZodArray<Row>>;
  return z.strictObject({ ...rows, next: z.string().nullable() });
}

/** The condition for continuing after an ID, the newest first: UUIDs of version 7 are in order of creation. */
export function olderThan(after: string | undefined): { id?: { lt: string } } {
  return after !== undefined && isUuid(after) ? { id: { lt: after } } : {};
}

/** Makes a page of up to `rowsForPage` rows. `next` names its last row if more follow, and is null otherwise. */
export function toPage<Row>(rows: Row[], name: (row: Row) => string): { page: Row[]; next: string | null } {
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return { page, next: rows.length > pageSize && last !== undefined ? name(last) : null };
}
