import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/**
 * Whether a source has a test title with this module's name, either spelled out or composed of a template and one of
 * the words in the source.
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
