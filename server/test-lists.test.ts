import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** The lists to which numbers in tests, comments and other pages refer: `case 68`, `attack 44`, `F5`. */
const lists = [
  ["docs/cases.md", "case ", 122],
  ["docs/attacks.md", "attack ", 53],
  ["docs/faults.md", "F", 26],
] as const;

/** Each number that a text mentions: `cases 79, 80 and 82` and `F1 to F3` are three each. */
function findMentions(text: string): Set<string> {
  const found = new Set<string>();
  const branches = /^\s*case \d+:/gm;
  for (const [, word = "", numbers = ""] of text
    .replaceAll(branches, "")
    .matchAll(/\b(case|attack)s? (\d+(?:(?:, | and | to )\d+)*)/gi)) {
    for (const part of numbers.split(/, | and /)) addRange(`${word.toLowerCase()} `, part.split(" to "));
  }
  // Not `$F1` and `%F0`, which are bytes on the wire.
  for (const [, letter = "", ...ends] of text.matchAll(/(?<![\w$%])([BF])(\d+)(?: to [BF](\d+))?\b/g)) {
    addRange(letter, ends.slice(0, 2));
  }
  return found;

  function addRange(prefix: string, [first, last = first]: (string | undefined)[]) {
    for (let number = Number(first); number <= Number(last); number++) found.add(`${prefix}${number}`);
  }
}

interface Row {
  name: string;
  /** The last column: the tests, or why there are none. */
  tests: string;
}

function readRows(page: string, prefix: string): Row[] {
  const rows = readFileSync(page, "utf8").matchAll(/^\| F?(\d+) \| [^|]+ \| [^|]+ \| ([^|]+) \|$/gm);
  return [...rows].map(([, number = "", tests = ""]) => ({ name: `${prefix}${number}`, tests }));
}

const rooms = ["app", "bench", "components", "docs", "e2e", "lib", "prisma", "server"];
const files = [
  ...readdirSync("."),
  ...rooms.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" }).map((file) => path.join(room, file)),
  ),
].filter((file) => /\.(tsx?|mjs|md|prisma)$/.test(file) && !file.includes(`${path.sep}generated${path.sep}`));
const mentions = new Map(files.map((file) => [file, findMentions(readFileSync(file, "utf8"))]));

test("each number of a case, an attack or a fault that is mentioned anywhere has its row", () => {
  const known = new Set(lists.flatMap(([page, prefix]) => readRows(page, prefix).map(({ name }) => name)));
  const unknown = [...mentions].flatMap(([file, names]) =>
    [...names].filter((name) => !known.has(name)).map((name) => `${file}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

describe.each(lists)("%s", (page, prefix, length) => {
  const rows = readRows(page, prefix);

  test("has a row for each number", () => {
    const numbers = Array.from({ length }, (_, index) => `${prefix}${index + 1}`);
    expect(rows.map(({ name }) => name)).toEqual(numbers);
  });

  test("names tests that exist and mention the number, or says that there are none", () => {
    const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file) && file !== "server/test-lists.test.ts";
    const wrong = rows.flatMap(({ name, tests }) => {
      const named = [...tests.matchAll(/`(\w+\/[^`]+)`/g)].map(([, file = ""]) => file);
      const missing = named.filter((file) => !existsSync(file));
      const isUnnumbered = /^not tested|without the number/.test(tests);
      const untrue = isUnnumbered
        ? [...mentions].filter(([file, names]) => isTest(file) && names.has(name)).map(([file]) => file)
        : named.filter((file) => !mentions.get(file)?.has(name));
      if (named.length === 0 && !isUnnumbered) untrue.push("no test");
      return [...missing, ...untrue].map((file) => `${name}: ${file}`);
    });
    expect(wrong).toEqual([]);
  });
});
