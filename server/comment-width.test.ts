import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Columns, as in `formatter.lineWidth` of biome.json. */
const width = 120;

/**
 * The formatter keeps code within the width, except strings, which it doesn't break. It leaves comments alone, so this
 * finds them, on their own lines and after code. A word that can't be broken, such as an address, may be wider.
 */
function findWideComments(source: string): string[] {
  let isInBlock = false;
  return source.split("\n").flatMap((line, index) => {
    const text = line.trim();
    const isComment = isInBlock || /^(?:\/\/|\/\*|\{\/\*)/.test(text);
    if (isComment && text.includes("*/")) isInBlock = false;
    else if (/^(?:\/\*|\{\/\*)/.test(text)) isInBlock = true;
    const isBehindCode = /[;,{}()[\]] (?:\/\/|\/\*) [^"'`]*$/.test(line);
    const isWide = line.length > width && !/^\W*\S+$/.test(text);
    return isWide && (isComment || isBehindCode) ? [`${index + 1}: ${text}`] : [];
  });
}

const rooms = ["app", "bench", "components", "e2e", "lib", "prisma", "server"];
const sources = [
  ...readdirSync("."),
  ...rooms.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" }).map((name) => path.join(room, name)),
  ),
].filter((file) => /\.(?:tsx?|mjs|css|prisma|grit)$/.test(file) && !/(?:^|\/)generated\/|next-env/.test(file));

test(`comments are at most ${width} columns wide, like the code around them`, () => {
  const wide = sources.flatMap((file) => findWideComments(readFileSync(file, "utf8")).map((line) => `${file}:${line}`));
  expect(sources.length).toBeGreaterThan(1000);
  expect(wide).toEqual([]);
});

const long = "word ".repeat(30).trim();

test.each([
  [`// ${long}`],
  [`  /** ${long} */`],
  [`/*\n${long}\n*/`],
  [`/**\n * ${long}\n */`],
  [`      {/* ${long} */}`],
  [`  /// ${long}`],
  [`const one = 1; // ${long}`],
])("it is found in %j", (source) => {
  expect(findWideComments(source)).toHaveLength(1);
});

test.each([
  [`const url = "https://example.com/${long}";`],
  [`// https://example.com/${"a".repeat(120)}`],
  [`/** Short. */\nconst text = "${long}";`],
])("it is not found in %j", (source) => {
  expect(findWideComments(source)).toEqual([]);
});
