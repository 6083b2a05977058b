import { expect, test } from "vitest";
import { everyPage, type ListFileColumns, type ListFileFormat, writeListFile } from "./write-list-file";

interface Row {
  name: string;
  scopes: string[];
  at: Date | null;
}

const columns: ListFileColumns<Row> = { name: ({ name }) => name, scopes: ({ scopes }) => scopes, at: ({ at }) => at };
const at = new Date("2026-11-27T00:00:00Z");
const rows: Row[] = [
  { name: '=1+1, "x"', scopes: ["read", "write"], at },
  { name: "plain", scopes: [], at: null },
];

async function write(format: ListFileFormat, all: Row[]): Promise<string> {
  const pages = everyPage<Row>(async (after) => {
    const from = Number(after ?? 0);
    return { rows: all.slice(from, from + 1), next: from + 1 < all.length ? String(from + 1) : null };
  });
  let text = "";
  for await (const part of writeListFile(pages, format, columns)) text += part;
  return text;
}

test("CSV has a line for each row of every page, and no formula that a spreadsheet would run", async () => {
  expect(await write("csv", rows)).toBe(
    `name,scopes,at\r\n"'=1+1, ""x""",read write,2026-11-27T00:00:00.000Z\r\nplain,,\r\n`,
  );
  expect(await write("csv", [])).toBe("name,scopes,at\r\n");
});

test("JSON has an object for each row of every page", async () => {
  expect(JSON.parse(await write("json", rows))).toEqual([
    { ...rows[0], at: "2026-11-27T00:00:00.000Z" },
    { ...rows[1], at: null },
  ]);
  expect(JSON.parse(await write("json", []))).toEqual([]);
});
