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

test("the systemd unit of docs/deployment.md starts the server again, however often it ends", () => {
  const [, unit = ""] = /```ini\n(\[Unit\][\s\S]*?)```/.exec(readFileSync("docs/deployment.md", "utf8")) ?? [];
  const sections = new Map(unit.split(/^\[/m).map((section) => [section.split("]")[0], section]));
  // systemd.unit(5): five starts within ten seconds are the end otherwise.
  expect(sections.get("Unit")).toContain("\nStartLimitIntervalSec=0\n");
  expect(sections.get("Service")).toMatch(/\nRestart=always\nRestartSec=\d+\n/);
});
