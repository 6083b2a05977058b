import { ButtonLink } from "@/components/ui/button";
import { type ListQuery, listHref } from "./list-query";
import { getListTexts } from "./list-texts";

/** How many rows there are on all pages: exact, or estimated if there are too many to count. */
export interface ListCount {
  value: number;
  exact: boolean;
}

export interface ListFooterProps {
  path: string;
  query: ListQuery;
  /** How many rows this page has. */
  shown: number;
  next: string | null;
  count: ListCount;
}

/** Rows are counted up to this many. */
const mostCounted = 10_000;

/** Where in the list this page is, and the links to the others. */
export async function ListFooter({ path, query, shown, next, count }: ListFooterProps) {
  const isLater = Boolean(query.input.after);
  if (shown === 0 && !isLater) return null;
  const t = await getListTexts();
  const to = query.from + shown - 1;
  const total = count.exact ? Math.max(count.value, to) : roughly(Math.max(count.value, mostCounted));
  const key = (count.exact && "count") || (total > mostCounted && "countAbout") || "countMore";
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line px-4 py-2 @xl:px-5">
      <p role="status" className="text-note text-muted tabular-nums">
        {shown > 0 && t(key, { from: query.from, to, total })}
      </p>
      {(isLater || next) && (
        <nav aria-label={t("pages")} className="flex gap-2">
          {isLater && (
            <ButtonLink size="sm" href={listHref(path, query)}>
              {t("first")}
            </ButtonLink>
          )}
          {next && (
            <ButtonLink size="sm" href={listHref(path, query, { after: next, from: String(to + 1) })}>
              {t("next")}
            </ButtonLink>
          )}
        </nav>
      )}
    </div>
  );
}

/** Two digits of an estimate: more would look as if they had been counted. */
function roughly(estimate: number): number {
  return Number(estimate.toPrecision(2));
}
