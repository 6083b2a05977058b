import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Expressions for which PostgreSQL uses the session's time zone: a day, a date or a time without an offset. */
const zoneDependent: [name: string, pattern: RegExp][] = [
  ["a length in days or longer", /(interval\s*'|["'`])\s*\d+\s*(day|week|month|year)s?\b/i],
  ["make_interval of days or longer", /make_interval\((?![^)]*\bsecs\b)/i],
  ["a truncation without a zone", /date_trunc\(/i],
  ["a date, or a time without a zone", /::\s*(date|time|timestamp)\b|\b(localtimestamp|localtime|current_date)\b/i],
  ["a format", /\bto_(char|date|timestamp)\(/i],
];

const zonelessColumn = /\bTIMESTAMP(\(\d\))?\s+(NOT|DEFAULT|WITHOUT)|@db\.Timestamp\(/i;

function listFiles(folders: readonly string[], extensions: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => extensions.includes(path.extname(name)) && !/generated|\.test\.ts$/.test(name))
      .map((name) => path.join(folder, name)),
  );
}

function findLines(files: readonly string[], pattern: RegExp): string[] {
  expect(files.length).toBeGreaterThan(1);
  return files.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
}

test.each(zoneDependent)("no statement holds %s, which depends on the session's time zone", (_name, pattern) => {
  expect(findLines(listFiles(["lib", "server"], [".ts"]), pattern)).toEqual([]);
});

test("every column that holds an instant holds it with its zone", () => {
  expect(findLines(listFiles(["prisma"], [".sql", ".prisma"]), zonelessColumn)).toEqual([]);
});
