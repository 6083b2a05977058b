import { isDeepStrictEqual } from "node:util";

/** Maximum length of one value's JSON in a record of what a stranger sent. */
const longestValue = 300;

type Details = Readonly<Record<string, unknown>>;

/** Details for a record, each value cut to what is needed to recognize it. */
export function boundDetails(details: Details): Record<string, unknown> {
  return boundMembers(details, 0);
}

/** What an update changed: the members that differ, before and after. */
export function describeChanges(before: Details, after: Details): { before: Details; after: Details } {
  const changed = Object.keys(after).filter((name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null));
  return { before: pick(before, changed), after: pick(after, changed) };
}

function pick(from: Details, names: readonly string[]): Details {
  return Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
}

function boundMembers(value: object, depth: number): Record<string, unknown> {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, boundValue(member, depth)]));
}

function boundValue(value: unknown, depth: number): unknown {
  const text = JSON.stringify(value);
  if (text === undefined || text.length <= longestValue) return value;
  if (Array.isArray(value)) return boundList(value);
  // `before` and `after` of an update, and the client metadata inside them.
  if (depth < 2 && typeof value === "object" && value !== null) return boundMembers(value, depth + 1);
  return cut(typeof value === "string" ? value : text);
}

/** As many entries as fit, and how many more there are. */
function boundList(values: readonly unknown[]): unknown[] {
  const kept: unknown[] = [];
  let length = 0;
  for (const value of values) {
    length += JSON.stringify(value)?.length ?? 0;
    if (length > longestValue) break;
    kept.push(value);
  }
  if (kept.length === 0) kept.push(cut(typeof values[0] === "string" ? values[0] : JSON.stringify(values[0])));
  const more = values.length - kept.length;
  return more > 0 ? [...kept, `… ${more} more`] : kept;
}

function cut(text: string): string {
  // Half of a surrogate pair can't be stored.
  return `${text.slice(0, longestValue - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
