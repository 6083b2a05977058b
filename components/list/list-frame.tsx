import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { ListFilters, type ListFiltersProps } from "./list-filters";
import { type ListCount, ListFooter } from "./list-footer";
import { isNarrowed, type ListQuery } from "./list-query";
import { getListTexts } from "./list-texts";

export interface ListFrameProps extends ListFiltersProps {
  /** How many rows this page has. */
  shown: number;
  /** Where the next page begins; null on the last. */
  next: string | null;
  count: ListCount;
  /** Shown instead if there is nothing at all, usually an EmptyState. */
  empty: ReactNode;
  /** The rows. */
  children: ReactNode;
}

/** Search and filters above the rows of a list, and below them where its other pages are. */
export async function ListFrame({ shown, next, count, empty, children, ...filters }: ListFrameProps) {
  const { path, query } = filters;
  if (shown === 0 && !isNarrowed(query) && !query.input.after) return <Card flush>{empty}</Card>;
  return (
    <>
      <ListFilters {...filters} />
      <div className="@container min-w-0 rounded-lg border border-line bg-surface shadow-low">
        {shown > 0 ? children : <NoRows path={path} query={query} />}
        <ListFooter path={path} query={query} shown={shown} next={next} count={count} />
      </div>
    </>
  );
}

async function NoRows({ path, query }: { path: string; query: ListQuery }) {
  const t = await getListTexts();
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
