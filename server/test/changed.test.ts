import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { selectByChange } from "./changed";

const select = (...files: string[]) => Object.fromEntries(selectByChange(files, "main"));
const byImports = ["--changed=main", "--passWithNoTests"];

test("changes to texts alone run the unit tests, some of which read them", () => {
  expect(select("README.md", "docs/adr/0001-a.md")).toEqual({ unit: [] });
  expect(select("README.md", "lib/oauth/wire/digest.ts").unit).toEqual([]);
  expect(select("public/icon.svg")).toEqual({});
});

test("a translation runs the specs that look at every language, an English text all of them", () => {
  expect(select("messages/de/login.json")).toMatchObject({ unit: [], e2e: ["e2e/languages"] });
  expect(select("messages/en/login.json")).toMatchObject({ unit: [], e2e: [] });
});

test("a unit test runs by itself, without a build", () => {
  expect(Object.keys(select("lib/oauth/wire/digest.test.ts"))).toEqual(["lint", "types", "unused", "unit", "contract"]);
});

test("a rule runs what imports it, over HTTP too, and no specs", () => {
  const selection = select("lib/oauth/wire/digest.ts");
  expect(selection).toMatchObject({ unit: byImports, contract: byImports, http: byImports, build: [] });
  expect(selection.e2e).toBeUndefined();
});

test.each([
  ["a page", "app/account/page.tsx", byImports, ["e2e/account"]],
  ["a route", "app/o/(portal)/apis/create/submit/route.ts", [], ["e2e/admin"]],
  ["an endpoint", "app/o/(protocol)/token/route.ts", [], []],
  ["a component", "components/ui/card.tsx", byImports, []],
  ["the schema", "prisma/schema.prisma", [], []],
  ["the front", "server/front.ts", [], undefined],
  ["a spec", "e2e/auth/theme.spec.ts", undefined, ["e2e/auth/theme.spec.ts"]],
  ["steps", "e2e/admin/steps.ts", undefined, ["e2e/admin"]],
  ["support", "e2e/support/portal.ts", byImports, []],
  ["an HTTP test", "e2e/http/jwks.test.ts", byImports, undefined],
])("%s: %s", (_what, file, http, e2e) => {
  expect(select(file)).toMatchObject({ unit: byImports, ...(http && { http }), ...(e2e && { e2e }) });
  expect(select(file).http).toEqual(http);
  expect(select(file).e2e).toEqual(e2e);
});

test("the folders of specs are those that exist", () => {
  const folders = readdirSync("e2e", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const known = ["account", "admin", "applications", "auth", "languages", "portal"];
  const others = ["http", "openid", "support", "system"];
  expect(folders.map(({ name }) => name).sort()).toEqual([...known, ...others].sort());
  for (const folder of ["app/account", "app/admin", "app/o/(portal)/apis", "app/(auth)", "app/theme"]) {
    expect(existsSync(folder), folder).toBe(true);
  }
});
