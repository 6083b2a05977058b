import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { joinClasses } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { bulkFormId, bulkParameter } from "./bulk-bar";
import { type ListQuery, listHref } from "./list-query";
import { getListTexts } from "./list-texts";
import { SelectPage } from "./select-page";

export interface ListColumn<Row> {
  header: string;
  /** One line, which `truncate` cuts off. */
  cell: (row: Row) => ReactNode;
  /** The cell that names its row, shown at every width; exactly one column should be. */
  rowHeader?: boolean;
  /** Where the cell of a row header leads: the whole cell is then the link. */
  href?: (row: Row) => string;
  /** The name of the sort (`readListQuery`), if the list can be sorted by this column. */
  sort?: string;
  /** Left out where the list is narrower: `medium` is 36rem, `wide` is 48rem, `wider` is 56rem, `widest` 64rem. */
  showFrom?: "medium" | "wide" | "wider" | "widest";
  /**
   * As wide as a date or a status, so that the others have more room; `buttons`: on phones only as wide as two buttons
   * that are icons; `icon`: everywhere only as wide as one; `number` and `name`: as wide as a number or a
   * username.
   */
  narrow?: boolean | "buttons" | "icon" | "number" | "name";
  align?: "start" | "end";
  /** The heading is for screen readers only. */
  hideHeader?: boolean;
}

interface ListTableProps<Row> {
  path: string;
  query: ListQuery;
  caption: string;
  columns: readonly ListColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort: string | undefined;
  /** Names a row for its checkbox; without it rows can't be selected. */
  selectName?: ((row: Row) => string) | undefined;
}

const widths = {
  medium: "hidden @xl:table-cell",
  wide: "hidden @3xl:table-cell",
  wider: "hidden @4xl:table-cell",
  widest: "hidden @5xl:table-cell",
} as const;

const narrowWidths = {
  date: "w-31 @xl:w-36",
  buttons: "w-26 @xl:w-36",
  icon: "w-15 @xl:w-18",
  number: "w-20",
  name: "w-42",
} as const;

const icons = { ascending: ArrowUp, descending: ArrowDown } as const;

function cellClasses<Row>({ showFrom, narrow, align }: ListColumn<Row>): string {
  return joinClasses(
    showFrom && widths[showFrom],
    narrow && narrowWidths[narrow === true ? "date" : narrow],
    align === "end" ? "text-end" : "text-start",
  );
}

export async function ListTable<Row>(props: ListTableProps<Row>) {
  const { path, query, caption, columns, rows, rowKey, sort, selectName } = props;
  const t = await getListTexts();
  return (
    <table className="w-full table-fixed border-collapse text-start">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line">
          {selectName && (
            <td className="w-11 p-0 ps-1">
              <SelectPage key={rows.map(rowKey).join()} form={bulkFormId} />
            </td>
          )}
          {columns.map((column) => (
            <ColumnHeader key={column.header} path={path} query={query} column={column} sort={sort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            className="h-11 border-b border-line transition-colors last:border-b-0 hover:bg-sunken has-checked:bg-accent-soft"
          >
            {selectName && (
              <td className="w-11 p-0">
                <label className="grid h-11 place-items-center ps-1">
                  <input
                    type="checkbox"
                    form={bulkFormId}
                    name={bulkParameter}
                    value={rowKey(row)}
                    aria-label={t("select", { name: selectName(row) })}
                    className="block size-4 cursor-pointer"
                  />
                </label>
              </td>
            )}
            {columns.map((column) => (
              <ListCell key={column.header} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ListCell<Row>({ column, row }: { column: ListColumn<Row>; row: Row }) {
  const classes = joinClasses(
    "h-11 max-h-11 truncate px-3 first:ps-4 last:pe-4 @xl:first:ps-5 @xl:last:pe-5",
    cellClasses(column),
  );
  if (!column.rowHeader) return <td className={classes}>{column.cell(row)}</td>;
  const href = column.href?.(row);
  return (
    <th scope="row" className={joinClasses(classes, "font-medium")}>
      {href ? (
        <Link
          href={href}
          className="flex h-11 min-w-0 items-center gap-2.5 focus-visible:-outline-offset-2 hover:*:last:underline hover:*:last:decoration-line-strong hover:*:last:underline-offset-3"
        >
          {column.cell(row)}
        </Link>
      ) : (
        column.cell(row)
      )}
    </th>
  );
}

async function ColumnHeader<Row>({
  path,
  query,
  column,
  sort,
}: Pick<ListTableProps<Row>, "path" | "query" | "sort"> & { column: ListColumn<Row> }) {
  const classes = joinClasses(
    "h-9 px-3 text-xs font-medium text-muted first:ps-4 last:pe-4 @xl:first:ps-5 @xl:last:pe-5",
    cellClasses(column),
  );
  if (!column.sort) {
    return (
      <th scope="col" className={classes}>
        <span className={column.hideHeader ? "sr-only" : "block truncate"}>{column.header}</span>
      </th>
    );
  }
  const t = await getListTexts();
  const direction = (sort === column.sort && "ascending") || (sort === `-${column.sort}` && "descending") || undefined;
  const Icon = direction ? icons[direction] : ChevronsUpDown;
  return (
    <th scope="col" aria-sort={direction} className={classes}>
      <Link
        href={listHref(path, query, { sort: direction === "ascending" ? `-${column.sort}` : column.sort })}
        className={joinClasses(
          "inline-flex h-9 max-w-full items-center gap-1 rounded-sm transition-colors hover:text-text focus-visible:-outline-offset-2",
          direction && "text-text",
        )}
      >
        <span className="truncate">{column.header}</span>
        <Icon className={joinClasses("size-3 shrink-0", !direction && "opacity-60")} aria-hidden />
        <span className="sr-only">{t(direction === "ascending" ? "sortDescending" : "sortAscending")}</span>
      </Link>
    </th>
  );
}
