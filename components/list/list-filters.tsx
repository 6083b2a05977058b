import { ChevronDown, Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { joinClasses } from "@/components/ui/class-names";
import { controlClasses } from "@/components/ui/field-frame";
import { ListForm } from "./list-form";
import type { ListQuery } from "./list-query";
import { getListTexts } from "./list-texts";

export interface ListFilter {
  /** Its parameter in the address. */
  name: string;
  label: string;
  /** The first is the one for everything, with an empty value: "All statuses". */
  options: readonly { value: string; label: string }[];
}

export interface ListFiltersProps {
  path: string;
  query: ListQuery;
  /** Absent if the list can't be searched. */
  search?: { label: string; placeholder?: string };
  filters?: readonly ListFilter[];
  /** The orders to choose from, for a list without columns. The first is its own, with an empty value. */
  sorts?: ListFilter["options"];
}

/** Search and filters: a GET form, which the script sends as soon as a filter changes. */
export async function ListFilters({ path, query, search, filters = [], sorts }: ListFiltersProps) {
  if (!search && filters.length === 0) return null;
  const t = await getListTexts();
  const { q = "", sort } = query.input;
  return (
    <ListForm path={path} values={{ q, ...query.filters, ...(sorts && { sort: sort ?? "" }) }}>
      {sort && !sorts && <input type="hidden" name="sort" value={sort} />}
      {search && (
        <label className="relative min-w-0 grow sm:max-w-sm">
          <span className="sr-only">{search.label}</span>
          <Search
            className="pointer-events-none absolute top-1/2 start-3 size-4 -translate-y-1/2 text-muted"
            aria-hidden
          />
          <input
            type="search"
            name="q"
            defaultValue={q}
            placeholder={search.placeholder ?? search.label}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-keyshortcuts="/"
            className={joinClasses(controlClasses, "peer ps-9 pe-9 [&::-webkit-search-cancel-button]:hidden")}
          />
          <kbd
            aria-hidden
            className="pointer-events-none absolute top-1/2 end-2.5 grid size-5 -translate-y-1/2 place-items-center rounded-sm border border-line bg-sunken font-sans text-tiny text-muted peer-focus:hidden max-sm:hidden pointer-coarse:hidden noscript:hidden"
          >
            /
          </kbd>
        </label>
      )}
      {filters.map((filter) => (
        <Choice key={filter.name} {...filter} chosen={query.filters[filter.name]} />
      ))}
      {sorts && <Choice name="sort" label={t("sort")} options={sorts} chosen={sort} />}
      <div className="hidden noscript:block">
        <Button type="submit">{t("searchButton")}</Button>
      </div>
    </ListForm>
  );
}

function Choice({ name, label, options, chosen = "" }: ListFilter & { chosen: string | undefined }) {
  return (
    <label className="relative min-w-0 max-sm:grow max-sm:basis-32">
      <span className="sr-only">{label}</span>
      <select
        name={name}
        defaultValue={chosen}
        // `:read-only` matches every select, and would grey this one.
        className={joinClasses(controlClasses, "cursor-pointer appearance-none pe-9 read-only:bg-surface")}
      >
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <ChevronDown
        className="pointer-events-none absolute top-1/2 end-3 size-4 -translate-y-1/2 text-muted"
        aria-hidden
      />
    </label>
  );
}
