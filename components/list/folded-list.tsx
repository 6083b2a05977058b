import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { ListFrame, type ListFrameProps } from "./list-frame";

export interface FoldedListProps<Row> extends Omit<ListFrameProps, "children" | "shown"> {
  /** What the list shows; for screen readers. */
  caption: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The line that is always there, which unfolds the rest. */
  line: (row: Row) => ReactNode;
  rest: (row: Row) => ReactNode;
  /** A button at the end of the line. */
  action?: (row: Row) => ReactNode;
}

/** A list of rows that are one line each, 44 px high, until they are unfolded. It works without JavaScript. */
export async function FoldedList<Row>({ caption, rows, rowKey, line, rest, action, ...frame }: FoldedListProps<Row>) {
  return (
    <div className="grid grid-cols-1 gap-3">
      <ListFrame {...frame} shown={rows.length}>
        <ul aria-label={caption} className="divide-y divide-line">
          {rows.map((row) => (
            <li key={rowKey(row)} className="relative">
              <details className="group/row">
                <summary className="flex h-11 cursor-pointer list-none items-center gap-2.5 ps-3 pe-32 transition-colors hover:bg-sunken focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
                  <ChevronRight
                    className="size-4 shrink-0 text-muted transition-transform group-open/row:rotate-90 rtl:-scale-x-100"
                    aria-hidden
                  />
                  {line(row)}
                </summary>
                <div className="ps-[2.375rem] pe-4 pt-2 pb-5">{rest(row)}</div>
              </details>
              {action && <div className="absolute end-3 top-0 flex h-11 items-center">{action(row)}</div>}
            </li>
          ))}
        </ul>
      </ListFrame>
    </div>
  );
}
