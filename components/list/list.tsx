import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { getTexts } from "@/lib/messages/request-locale";
import { type BulkActions, BulkBar } from "./bulk-bar";
import { ListFilters, type ListFiltersProps } from "./list-filters";
import { type ListCount, ListFooter } from "./list-footer";
import { isNarrowed, type ListQuery } from "./list-query";
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
  const { path, query, caption, columns, rows, rowKey, next, count, defaultSort, bulk, empty, ...filters } = props;
  if (rows.length === 0 && !isNarrowed(query) && !query.input.after) return <Card flush>{empty}</Card>;
  return (
    <div className="grid grid-cols-1 gap-3">
      <ListFilters {...filters} path={path} query={query} />
      <div className="@container min-w-0 rounded-lg border border-line bg-surface shadow-low">
        {rows.length > 0 ? (
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
        ) : (
          <NoRows path={path} query={query} />
        )}
        <ListFooter path={path} query={query} shown={rows.length} next={next} count={count} />
      </div>
      {bulk && rows.length > 0 && <BulkBar key={rows.map(rowKey).join()} {...bulk} />}
    </div>
  );
}

async function NoRows({ path, query }: { path: string; query: ListQuery }) {
  const t = await getTexts("lists");
  const { sort = "" } = query.input;
  if (query.input.after) return <EmptyState title={t("end.title")} description={t("end.description")} />;
  return (
    <EmptyState
      title={t("noMatch.title")}
      description={t("noMatch.description")}
      action={<TextLink href={sort ? `${path}?${new URLSearchParams({ sort })}` : path}>{t("noMatch.clear")}</TextLink>}
    />
  );
}
