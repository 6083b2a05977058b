import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const pages = [
  "README.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((name) => path.join("docs", name)),
].filter((name) => name.endsWith(".md"));

describe.each(pages)("%s", (page) => {
  const text = readFileSync(page, "utf8");

  test("its links lead somewhere", () => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map((match) => match[1] ?? "");
    expect(targets.filter((target) => !existsSync(path.join(path.dirname(page), target)))).toEqual([]);
  });

  test("the files it names exist", () => {
    const named = [...text.matchAll(/`((?:app|components|e2e|lib|prisma|server)\/[\w./()[\]-]+\.\w+)`/g)];
    expect(named.map((match) => match[1] ?? "").filter((file) => !existsSync(file))).toEqual([]);
  });
});
