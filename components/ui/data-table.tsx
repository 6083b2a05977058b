import type { ReactNode } from "react";
import { joinClasses } from "./class-names";

export interface Column<Row> {
  /** Column heading; also the label of each value if the rows are stacked. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** The cell that names its row; exactly one column should. */
  rowHeader?: boolean;
  align?: "start" | "end";
  /** The heading is for screen readers only: for a column of buttons. */
  hideHeader?: boolean;
}

export interface DataTableProps<Row> {
  /** What the table lists; for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

// The implicit roles of these elements, repeated: a table whose parts have block layout loses them in most browsers.
const roles = {
  table: { role: "table" },
  rowgroup: { role: "rowgroup" },
  row: { role: "row" },
  columnheader: { role: "columnheader" },
  rowheader: { role: "rowheader" },
  cell: { role: "cell" },
} as const;

/** A table that becomes stacked rows below 640 px. Use it in a flush Card. */
export function DataTable<Row>({ caption, columns, rows, rowKey }: DataTableProps<Row>) {
  return (
    <table {...roles.table} className="w-full border-collapse text-start max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <thead {...roles.rowgroup} className="max-sm:sr-only">
        <tr {...roles.row} className="border-b border-line bg-sunken">
          {columns.map((column) => (
            <th
              {...roles.columnheader}
              scope="col"
              key={column.header}
              className={joinClasses(
                "px-3 py-2 text-xs font-medium whitespace-nowrap text-muted first:ps-5 last:pe-5",
                // Browsers center headings unless they are told otherwise themselves.
                column.align === "end" ? "text-end" : "text-start",
              )}
            >
              <span className={column.hideHeader ? "sr-only" : undefined}>{column.header}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...roles.rowgroup} className="max-sm:block">
        {rows.map((row) => (
          <tr
            {...roles.row}
            key={rowKey(row)}
            className="border-b border-line transition-colors last:border-b-0 hover:bg-sunken max-sm:grid max-sm:gap-2 max-sm:px-4 max-sm:py-3.5"
          >
            {columns.map((column) => (
              <DataCell key={column.header} column={column}>
                {column.cell(row)}
              </DataCell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DataCell<Row>({ column, children }: { column: Column<Row>; children: ReactNode }) {
  const classes = "px-3 py-3 align-middle sm:first:ps-5 sm:last:pe-5 max-sm:p-0";
  if (column.rowHeader) {
    return (
      <th {...roles.rowheader} scope="row" className={joinClasses(classes, "text-start font-medium max-sm:block")}>
        {children}
      </th>
    );
  }
  return (
    <td
      {...roles.cell}
      data-label={column.hideHeader ? undefined : column.header}
      className={joinClasses(
        classes,
        column.align === "end" && "sm:text-end",
        "max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:justify-between max-sm:gap-x-4 max-sm:gap-y-1",
        // The slash gives the label an empty spoken form, because the column heading is already read.
        !column.hideHeader &&
          "max-sm:before:text-note max-sm:before:text-muted max-sm:before:content-[attr(data-label)/'']",
      )}
    >
      {children}
    </td>
  );
}
