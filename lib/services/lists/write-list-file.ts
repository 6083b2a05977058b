import { toCsvRecord } from "../users/transfer/csv";

export const listFileFormats = ["csv", "json"] as const;

export type ListFileFormat = (typeof listFileFormats)[number];

type Value = string | number | boolean | null | Date | readonly string[];

/** The columns of a CSV file, which are the members of the objects in a JSON file. */
export type ListFileColumns<Row> = Readonly<Record<string, (row: Row) => Value>>;

/** The text of a file with all rows, page by page. */
export async function* writeListFile<Row>(
  pages: AsyncIterable<readonly Row[]>,
  format: ListFileFormat,
  columns: ListFileColumns<Row>,
): AsyncGenerator<string> {
  const described = Object.entries(columns);
  if (format === "csv") {
    yield toCsvRecord(described.map(([name]) => name));
    for await (const rows of pages) {
      yield rows.map((row) => toCsvRecord(described.map(([, read]) => toCell(read(row))))).join("");
    }
    return;
  }
  let separator = "[\n";
  for await (const rows of pages) {
    for (const row of rows) {
      yield `${separator}${JSON.stringify(Object.fromEntries(described.map(([name, read]) => [name, read(row)])))}`;
      separator = ",\n";
    }
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** Names of scopes and client IDs have no spaces. */
function toCell(value: Value): string {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? value.join(" ") : String(value);
}

interface Page<Row> {
  rows: readonly Row[];
  next: string | null;
}

/** All pages of what a use case answers one by one. */
export async function* everyPage<Row>(read: (after: string | undefined) => Promise<Page<Row>>) {
  let after: string | undefined;
  do {
    const { rows, next } = await read(after);
    yield rows;
    after = next ?? undefined;
  } while (after !== undefined);
}

/** Rows of one answer of an export: so many take a few milliseconds, whatever the size of the table. */
export const exportPageSize = 1000;
