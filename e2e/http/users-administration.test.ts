import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import type { Portal } from "../support/portal";
import { openSession } from "../support/sessions";
import { test } from "../support/vitest";

const tabs = ["", "security/", "groups/", "sessions/", "applications/", "delete/"];
const pagesOf = (id: string) => tabs.map((tab) => `/admin/users/${id}/${tab}`);
const lists = ["/admin/users/", "/admin/users/create/"];

const postsOf = (id: string): { path: string; fields: Record<string, string> }[] => [
  { path: `/admin/users/${id}/submit`, fields: { section: "name", name: "Taken over" } },
  { path: `/admin/users/${id}/security/submit`, fields: { action: "disable" } },
  { path: `/admin/users/${id}/security/submit`, fields: { action: "require-password" } },
  { path: `/admin/users/${id}/sessions/submit`, fields: { all: "on" } },
  { path: `/admin/users/${id}/groups/submit`, fields: { action: "add", group: randomUUID() } },
  { path: `/admin/users/${id}/applications/submit`, fields: { application_id: randomUUID() } },
  { path: `/admin/users/${id}/delete/submit`, fields: { confirmed_name: "x" } },
  { path: `/admin/users/${id}/stored`, fields: {} },
];

async function readCsrf(browser: BrowserClient, path: string, action: string): Promise<string> {
  return (await browser.openForm(path, action)).fields.csrf ?? "";
}

async function openAs(portal: Portal, portalRole: "administrator" | "auditor" | "user_manager") {
  return openSession(await portal.createUser({ portalRole }));
}

test("pages of users are there for those who may see users, and for nobody else", async ({ portal, person }) => {
  const { id, email } = await portal.createUser();
  const auditor = await openAs(portal, "auditor");
  for (const path of [...lists, ...pagesOf(id)]) {
    const answer = await person.get(path);
    expect(answer.status, path).toBe(404);
    expect(answer.text, path).not.toContain(email);
    const stranger = await new BrowserClient().get(path);
    expect(stranger.headers.location, path).toBe(`/login?next=${encodeURIComponent(path)}`);
    const changes = /create|delete/.test(path);
    expect((await auditor.get(path)).status, path).toBe(changes ? 404 : 200);
  }
});

test("an unknown ID looks like what can't be an ID", async ({ portal }) => {
  const administrator = await openAs(portal, "administrator");
  for (const id of [randomUUID(), "nobody"]) {
    for (const path of pagesOf(id)) expect((await administrator.get(path)).status, path).toBe(404);
  }
  const csrf = await readCsrf(administrator, "/admin/users/create/", "/admin/users/create/submit");
  for (const id of [randomUUID(), "nobody"]) {
    // The last one clears a cookie of this browser, whoever it was for.
    for (const { path, fields } of postsOf(id).slice(0, -1)) {
      expect((await administrator.post(path, { csrf, ...fields })).status, path).toBe(404);
    }
  }
});

test("nobody changes a user without the permission, whatever they post", async ({ portal, person }) => {
  const user = await portal.createUser();
  const [manager, auditor] = [await openAs(portal, "user_manager"), await openAs(portal, "auditor")];
  const administrator = await portal.createUser({ administrator: true });
  const read = (id: string) => portal.database.user.findUniqueOrThrow({ where: { id }, include: { password: true } });
  const before = [await read(user.id), await read(administrator.id)];
  const nobody = new BrowserClient();
  const csrf = {
    person: await readCsrf(person, "/", "/logout/submit"),
    auditor: await readCsrf(auditor, "/admin/users/", "/logout/submit"),
    manager: await readCsrf(manager, "/admin/users/", "/logout/submit"),
    nobody: await readCsrf(nobody, "/login", "/login/submit"),
  };
  for (const { path, fields } of postsOf(user.id)) {
    expect((await person.post(path, { csrf: csrf.person, ...fields })).status, path).toBe(404);
    expect((await nobody.post(path, { csrf: csrf.nobody, ...fields })).headers.location, path).toMatch(
      /^\/login(\?|$)/,
    );
  }
  for (const { path, fields } of postsOf(user.id).slice(0, -2)) {
    expect((await auditor.post(path, { csrf: csrf.auditor, ...fields })).status, path).toBe(403);
  }
  // Groups are for user managers, whoever is in them; that one doesn't exist.
  const ofAdministrator = postsOf(administrator.id).filter(({ path }) => !path.includes("/groups/"));
  for (const { path, fields } of ofAdministrator.slice(0, -2)) {
    expect((await manager.post(path, { csrf: csrf.manager, ...fields })).status, path).toBe(403);
  }
  const bulk = { action: "disable", id: user.id };
  expect((await person.post("/admin/users/bulk/submit", { csrf: csrf.person, ...bulk })).status).toBe(403);
  expect((await auditor.post("/admin/users/bulk/submit", { csrf: csrf.auditor, ...bulk })).status).toBe(403);
  const created = { username: `u-${randomUUID()}`, email: `${randomUUID()}@example.test` };
  expect((await auditor.post("/admin/users/create/submit", { csrf: csrf.auditor, ...created })).status).toBe(403);
  expect([await read(user.id), await read(administrator.id)]).toEqual(before);
});
