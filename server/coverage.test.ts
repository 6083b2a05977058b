import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Numbers that test titles name: `case 67`, `cases 68 and 72`, `attacks 26 to 28`. */
function findNamed(kind: "case" | "attack", text: string): Set<number> {
  const found = new Set<number>();
  for (const [, list = ""] of text.matchAll(new RegExp(`\\b${kind}s? (\\d+(?:(?:, | and | to )\\d+)*)`, "g"))) {
    for (const part of list.split(/, | and /)) {
      const [first = 0, last = first] = part.split(" to ").map(Number);
      for (let number = first; number <= last; number++) found.add(number);
    }
  }
  return found;
}

const tests = ["e2e", "lib", "server"]
  .flatMap((room) => readdirSync(room, { recursive: true, encoding: "utf8" }).map((file) => path.join(room, file)))
  .filter((file) => /\.(test|spec)\.tsx?$/.test(file) && file !== path.join("server", "coverage.test.ts"))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");
const left = readFileSync("docs/conformance.md", "utf8").split("## Cases that do not apply")[1] ?? "";

test.each([
  ["case", 1, 122],
  ["attack", 13, 46],
] as const)("each %s from %i to %i is named by a test, or docs/conformance.md says why not", (kind, first, last) => {
  const [tested, excused] = [findNamed(kind, tests), findNamed(kind, left)];
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  expect(numbers.filter((number) => !tested.has(number) && !excused.has(number))).toEqual([]);
  expect([...excused].filter((number) => number !== 39 && tested.has(number))).toEqual([]);
});
