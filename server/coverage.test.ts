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

/**
 * Whether a source has a test title with this module's name, spelled out or made of a template and one of the words that
 * stand in the source by themselves.
 */
function namesModule(source: string, name: string): boolean {
  const isPart = (character: string | undefined) => character !== undefined && /[\w-]/.test(character);
  for (let at = source.indexOf(name); at >= 0; at = source.indexOf(name, at + 1)) {
    if (!isPart(source[at - 1]) && !isPart(source[at + name.length])) return true;
  }
  return [...source.matchAll(/([\w-]+)(?:\$\{\w+\}|%s)([\w-]*)/g)].some(([, start = "", end = ""]) => {
    if (!name.startsWith(start) || !name.endsWith(end)) return false;
    return source.includes(`"${name.slice(start.length, name.length - end.length)}"`);
  });
}

const modules = (readFileSync("docs/conformance.md", "utf8").split("## Certification modules")[1] ?? "")
  .split("\n## ")[0]
  ?.matchAll(/^\| (`.*`) \| `([^`]+)` \|$/gm);

test.each(
  [...(modules ?? [])].map(([, names = "", file = ""]) => [file, names.replaceAll("`", "").split(", ")] as const),
)("%s tests the certification modules that docs/conformance.md says", (file, names) => {
  const source = readFileSync(file, "utf8");
  expect(names.filter((name) => !namesModule(source, name))).toEqual([]);
});

test("the certification modules of every plan are mapped", () => {
  const plans = readFileSync("docs/conformance.md", "utf8").split("## Certification modules")[1]?.split("\n## ")[0];
  expect(plans?.match(/^### .+$/gm)).toHaveLength(9);
});
