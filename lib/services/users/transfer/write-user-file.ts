import { toAttributeColumn } from "./attribute-columns";
import { toCsvRecord } from "./csv";
import type { ExportedUser } from "./export-users";
import { type UserColumn, userColumns } from "./user-columns";

export type UserFileFormat = "csv" | "json";

export interface UserFileOptions {
  format: UserFileFormat;
  hashes: boolean;
  /** The names of the attributes that get a column. */
  attributes: readonly string[];
}

type Pages = AsyncIterable<readonly ExportedUser[]>;

/** The text of a file that `readUserFile` understands, page by page. Hashes have a column only if they are exported. */
export async function* writeUserFile(
  pages: Pages,
  { format, hashes, attributes }: UserFileOptions,
): AsyncGenerator<string> {
  const columns = userColumns.filter(({ field }) => hashes || field !== "passwordHash");
  if (format === "csv") {
    yield toCsvRecord([...columns.map(({ name }) => name), ...attributes.map(toAttributeColumn)]);
    for await (const users of pages) {
      yield users.map((user) => toCsvRecord(toCells(user, columns, attributes))).join("");
    }
    return;
  }
  let separator = "[\n";
  for await (const users of pages) {
    for (const user of users) {
      const members = columns.flatMap(({ name, field }) => (user[field] === null ? [] : [[name, user[field]]]));
      const values = attributes.flatMap((name) => {
        const value = ownValue(user, name);
        return value === undefined ? [] : [[toAttributeColumn(name), value]];
      });
      yield `${separator}${JSON.stringify(Object.fromEntries([...members, ...values]))}`;
      separator = ",\n";
    }
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

function toCells(user: ExportedUser, columns: typeof userColumns, attributes: readonly string[]): string[] {
  return [
    ...columns.map(({ field }) => toCell(user, field)),
    ...attributes.map((name) => {
      const value = ownValue(user, name);
      return Array.isArray(value) ? toNameList(value) : String(value ?? "");
    }),
  ];
}

/** An attribute may have any name, that of a method too. */
function ownValue({ attributes }: ExportedUser, name: string) {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

function toCell(user: ExportedUser, field: UserColumn): string {
  if (field === "groups") return toNameList(user.groups);
  const value = user[field];
  return value === null ? "" : String(value);
}

function toNameList(names: readonly string[]): string {
  const isPlain = names.every((name) => !name.includes(";") && !name.startsWith("["));
  return isPlain ? names.join(";") : JSON.stringify(names);
}
