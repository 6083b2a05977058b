import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** Pages that visitors of the repository look for (GitHub and others link to them from every page). */
const frontPages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];

const pages = [
  ...frontPages,
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

test("the systemd unit of docs/deployment.md always restarts the server", () => {
  const [, unit = ""] = /```ini\n(\[Unit\][\s\S]*?)```/.exec(readFileSync("docs/deployment.md", "utf8")) ?? [];
  const sections = new Map(unit.split(/^\[/m).map((section) => [section.split("]")[0], section]));
  // systemd.unit(5): by default, five starts within ten seconds are the limit.
  expect(sections.get("Unit")).toContain("\nStartLimitIntervalSec=0\n");
  expect(sections.get("Service")).toMatch(/\nRestart=always\nRestartSec=\d+\n/);
});

test.each(frontPages.filter((page) => page !== "README.md"))("%s is one page", (page) => {
  expect(readFileSync(page, "utf8").split("\n").length).toBeLessThanOrEqual(60);
});

test("the README's commands use one set of variables, each exported before it is used", () => {
  const blocks = [...readFileSync("README.md", "utf8").matchAll(/```sh\n([\s\S]*?)```/g)].map(
    (match) => match[1] ?? "",
  );
  const exported = new Set<string>();
  const used = new Set<string>();
  for (const line of blocks.flatMap((block) => block.split("\n"))) {
    const names = /^\s*export /.test(line) ? [...line.matchAll(/([A-Z_]+)=/g)] : [];
    for (const [, name = ""] of names) exported.add(name);
    for (const [, name = ""] of line.matchAll(/\$\{?([A-Z_]+)/g)) {
      expect([...exported], `$${name} in: ${line.trim()}`).toContain(name);
      used.add(name);
    }
  }
  expect(used).toEqual(new Set(["ID", "SECRET", "CODE", "ACCESS_TOKEN"]));
  expect(exported).toEqual(used);
});

test("docs/audit-events.md describes each type of event, and no other", () => {
  const rows = readFileSync("docs/audit-events.md", "utf8").matchAll(/^\| (`.+?`) \|/gm);
  const described = [...rows].flatMap(([, cell = ""]) => [...cell.matchAll(/`([a-z_.]+)`/g)].map(([, type]) => type));
  const source = readFileSync("lib/oauth/ports/audit-events.ts", "utf8");
  const catalogue = source.match(/interface AuditDetails \{(.*?)^\}/ms)?.[1] ?? "";
  const declared = [...catalogue.matchAll(/^ {2}"?([a-z_.]+)"?:/gm)].map(([, type]) => type);
  expect(declared.length).toBeGreaterThan(30);
  expect(described.toSorted()).toEqual(declared.toSorted());
});
