import { toStorable } from "@/lib/storable-text";

/** What a list can be asked for in its address, each under its own name. */
export interface ListParameters<Sort extends string, Filters extends FilterValues> {
  /** The names of columns that can be sorted by: `name` is ascending, `-name` descending. */
  sorts?: readonly Sort[];
  /** The values that each filter has; null if any text may be one, as for an ID. */
  filters?: Filters;
}

type FilterValues = Readonly<Record<string, readonly string[] | null>>;

type ChosenFilters<Filters extends FilterValues> = {
  [Name in keyof Filters]?: Filters[Name] extends readonly (infer Value)[] ? Value : string;
};

/** What the address of a list asks for. */
export interface ListQuery<Sort extends string = string, Filters extends FilterValues = FilterValues> {
  /** For the use case: `{ q, sort, after, …filters }`, without what wasn't asked for. */
  input: { q?: string; sort?: Sort | `-${Sort}`; after?: string } & ChosenFilters<Filters>;
  /** The position of the page's first row, as the links to later pages carry it along. */
  from: number;
  /** The values of the filters, by name; empty if one isn't set. */
  filters: Readonly<Record<string, string>>;
}

type Params = Readonly<Record<string, string | string[] | undefined>>;

/** Longer texts find nothing. */
const longestSearch = 200;

/** Reads the query of a list's page. What is unknown, repeated or empty counts as absent. */
export function readListQuery<
  const Sort extends string = never,
  const Filters extends FilterValues = Record<never, null>,
>(
  params: Params,
  { sorts = [], filters = {} as Filters }: ListParameters<Sort, Filters> = {},
): ListQuery<Sort, Filters> {
  const one = (name: string) => {
    const value = params[name];
    return typeof value === "string" ? toStorable(value).trim() : "";
  };
  const sort = sorts.flatMap((name) => [name, `-${name}`]).find((name) => name === one("sort"));
  const q = one("q").slice(0, longestSearch);
  const after = one("after");
  const chosen = Object.fromEntries(
    Object.entries(filters).map(([name, values]) => [name, !values || values.includes(one(name)) ? one(name) : ""]),
  );
  const from = Number(one("from"));
  const input = { ...chosen, q, sort: sort ?? "", after };
  return {
    input: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== "")) as ListQuery<
      Sort,
      Filters
    >["input"],
    from: after && Number.isSafeInteger(from) && from > 0 ? from : 1,
    filters: chosen,
  };
}

/** The address of a list: what is asked for now, changed by `changes`. An empty text leaves a parameter out. */
export function listHref(path: string, { input }: ListQuery, changes: Readonly<Record<string, string>> = {}): string {
  const { after: _after, ...kept } = input;
  const parameters = Object.entries({ ...kept, ...changes }).filter(([, value]) => value);
  const query = new URLSearchParams(parameters as [string, string][]).toString();
  return query ? `${path}?${query}` : path;
}

/** Whether a search or a filter leaves some rows out. */
export function isNarrowed({ input, filters }: ListQuery): boolean {
  return Boolean(input.q) || Object.values(filters).some((value) => value !== "");
}
