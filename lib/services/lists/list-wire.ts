import { z } from "zod";

/** Each order of a list and, with a hyphen before it, its reverse. */
type Sort<Name extends string> = Name | `-${Name}`;

/**
 * What a list is sent: `q` is what was typed to search, `after` the `next` of the page before; anything else begins at
 * the first page. `filters` are its own.
 */
export function listInput<Name extends string, Filters extends z.ZodRawShape>(
  sorts: readonly Name[],
  filters: Filters,
) {
  const choices = sorts.flatMap((name): Sort<Name>[] => [name, `-${name}`]);
  return z.object({
    q: z.string().optional(),
    sort: z.enum(choices as [Sort<Name>, ...Sort<Name>[]]).optional(),
    after: z.string().optional(),
    ...filters,
  });
}

/** How many rows there are on all pages; not exact beyond 10,000. */
export const rowCount = z.strictObject({ value: z.int(), exact: z.boolean() });

/** A page of a list, under its name. */
export function listOf<Name extends string, Row extends z.ZodType>(name: Name, row: Row) {
  const rows = { [name]: z.array(row) } as Record<Name, z.ZodArray<Row>>;
  return z.strictObject({ ...rows, next: z.string().nullable(), count: rowCount });
}
