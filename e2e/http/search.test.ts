import { expect } from "vitest";
import type { PaletteResults } from "@/components/palette/palette-results";
import { BrowserClient } from "../support/browser-client";
import { openSession } from "../support/sessions";
import { test } from "../support/vitest";

const search = (q: string) => `/admin/search/?${new URLSearchParams({ q })}`;
const results = (q: string) => `/admin/search/results?${new URLSearchParams({ q })}`;

test("a client ID, alone or in a line of a log, leads to its application", async ({ portal }) => {
  const administrator = await openSession(await portal.createUser({ administrator: true }));
  const { id, clientId } = await portal.createApplication();
  const line = `"GET /o/authorize?client_id=${clientId}&scope=openid HTTP/1.1" 400 ${"-".repeat(120)}`;
  for (const q of [clientId, `  ${clientId} `, line]) {
    const { status, headers } = await administrator.get(search(q));
    expect([status, headers.location]).toEqual([307, `/o/applications/${id}/`]);
  }
});

test("the palette gets what was found, pages and actions, in the reader's language", async ({ portal }) => {
  const administrator = await openSession(await portal.createUser({ administrator: true }));
  const user = await portal.createUser();
  const answer = await administrator.get(results(user.username), { "Accept-Language": "de" });
  expect([answer.status, answer.headers["cache-control"]]).toEqual([200, "no-store"]);
  const found = JSON.parse(answer.text) as PaletteResults;
  expect(found.sections.map(({ label }) => label)).toEqual(["Benutzer"]);
  expect(found.sections[0]?.items[0]?.href).toBe(`/admin/users/${user.id}/`);
  const all = JSON.parse((await administrator.get(results(""))).text) as PaletteResults;
  expect(all.sections.map(({ label }) => label)).toEqual(["Pages", "Actions"]);
  const links = all.sections.flatMap(({ items }) => items.map(({ href }) => href));
  for (const href of links) expect((await administrator.get(href)).status, href).toBe(200);
});

test("it offers nobody what they may not open", async ({ portal }) => {
  for (const portalRole of ["user_manager", "application_manager", "auditor"] as const) {
    const browser = await openSession(await portal.createUser({ portalRole }));
    const { sections } = JSON.parse((await browser.get(results(""))).text) as PaletteResults;
    for (const { href } of sections.flatMap(({ items }) => items)) {
      expect((await browser.get(href)).status, `${portalRole} ${href}`).toBe(200);
    }
  }
});

test("it is for those who administer something", async ({ portal, person }) => {
  const owner = await openSession(await portal.createUser({ portalRole: "application_owner" }));
  for (const browser of [person, owner]) {
    for (const path of [search("a"), results("a")]) expect((await browser.get(path)).status, path).toBe(404);
  }
  const { status, headers } = await new BrowserClient().get(results("a"));
  expect([status, headers.location]).toEqual([303, "/login"]);
});

test("what can't be text is refused, and what is long is searched for identifiers alone", async ({ portal }) => {
  const administrator = await openSession(await portal.createUser({ administrator: true }));
  expect((await administrator.get(results("a\0b"))).status).toBe(400);
  expect((await administrator.get(search("a\0b"))).status).toBe(404);
  const { sections } = JSON.parse((await administrator.get(results("a".repeat(3000)))).text) as PaletteResults;
  expect(sections).toEqual([]);
});
