import type { ReactNode } from "react";
import { type BulkActions, BulkBar } from "./bulk-bar";
import type { ListFiltersProps } from "./list-filters";
import type { ListCount } from "./list-footer";
import { ListFrame } from "./list-frame";
import type { ListQuery } from "./list-query";
import { type ListColumn, ListTable } from "./list-table";

export interface ListProps<Row> extends Pick<ListFiltersProps, "search" | "filters"> {
  /** The page with the list, with a trailing slash. */
  path: string;
  /** From `readListQuery`. */
  query: ListQuery;
  /** What the list shows; for screen readers. */
  caption: string;
  columns: readonly ListColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where the next page begins; null on the last. */
  next: string | null;
  count: ListCount;
  /** The sort of the use case if the address names none, such as `name` or `-created`. */
  defaultSort?: string;
  /** What can be done with several rows at once. `rowName` names a row for its checkbox. */
  bulk?: BulkActions & { rowName: (row: Row) => string };
  /** Shown instead if there is nothing at all, usually an EmptyState. */
  empty: ReactNode;
}

/**
 * A list of rows that are at most 48 px high, with search, filters, sort, pages and actions for several rows. All of it
 * is in the address, and works without JavaScript.
 */
export async function List<Row>(props: ListProps<Row>) {
  const { caption, columns, rows, rowKey, defaultSort, bulk, ...frame } = props;
  const { path, query } = frame;
  return (
    <div className="grid grid-cols-1 gap-3">
      <ListFrame {...frame} shown={rows.length}>
        <ListTable
          path={path}
          query={query}
          caption={caption}
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          sort={query.input.sort ?? defaultSort}
          selectName={bulk?.rowName}
        />
      </ListFrame>
      {bulk && rows.length > 0 && <BulkBar key={rows.map(rowKey).join()} {...bulk} />}
    </div>
  );
}
