import { toCsvRecord } from "./csv";
import type { ExportedUser } from "./export-users";
import { type UserColumn, userColumns } from "./user-columns";

export type UserFileFormat = "csv" | "json";

type Pages = AsyncIterable<readonly ExportedUser[]>;

/** The text of a file that `readUserFile` understands, page by page. Hashes have a column only if they are exported. */
export async function* writeUserFile(
  pages: Pages,
  { format, hashes }: { format: UserFileFormat; hashes: boolean },
): AsyncGenerator<string> {
  const columns = userColumns.filter(({ field }) => hashes || field !== "passwordHash");
  if (format === "csv") {
    yield toCsvRecord(columns.map(({ name }) => name));
    for await (const users of pages) {
      yield users.map((user) => toCsvRecord(columns.map(({ field }) => toCell(user, field)))).join("");
    }
    return;
  }
  let separator = "[\n";
  for await (const users of pages) {
    for (const user of users) {
      const members = columns.flatMap(({ name, field }) => (user[field] === null ? [] : [[name, user[field]]]));
      yield `${separator}${JSON.stringify(Object.fromEntries(members))}`;
      separator = ",\n";
    }
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
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
