import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { localeOf } from "@/lib/messages/catalog";
import { type Locale, offeredLocales, pseudoLocale } from "@/lib/messages/locales";
import { BrowserClient } from "../support/browser-client";
import { readText } from "../support/html";
import type { Portal } from "../support/portal";
import { test } from "../support/vitest";

async function signInAdministrator(portal: Portal): Promise<BrowserClient> {
  const browser = new BrowserClient();
  await browser.signIn(await portal.createUser({ administrator: true }));
  return browser;
}

const scopePages = (name: string) =>
  ["update", "delete"].map((page) => `/o/scopes/${page}/?${new URLSearchParams({ name })}`);
const apiPages = (id: string) => ["", "update/", "delete/"].map((page) => `/o/apis/${id}/${page}`);
const newScope = (name: string) => ({ name, description: "Take over", is_default: "on" });
const newApi = (identifier: string) => ({
  identifier,
  name: "Mine",
  scopes: ["read"],
  token_format: "opaque",
  access_token_lifetime: "",
  resource_servers: "",
});
const readCsrf = async (browser: BrowserClient, path: string, action: string) =>
  (await browser.openForm(path, action)).fields.csrf ?? "";

test("attack 47: only administrators see a page of scopes and APIs", async ({ portal, person }) => {
  const [name, api] = [await portal.createScope(), await portal.createApi()];
  const paths = [...scopePages(name), ...apiPages(api.id)];
  paths.push("/o/scopes/", "/o/scopes/create/", "/o/apis/", "/o/apis/create/");
  const start = await person.get("/");
  for (const path of ["/o/scopes/", "/o/apis/"]) expect(start.text).not.toContain(`href="${path}"`);
  for (const path of paths) {
    for (const headers of [{}, { RSC: "1" }]) {
      const answer = await person.get(path, headers);
      expect(answer.text, path).not.toContain(api.name);
      expect(answer.text, path).not.toContain("<table");
    }
    expect((await person.get(path)).status, path).toBe(404);
    const stranger = await new BrowserClient().get(path);
    expect(stranger.status, path).toBeGreaterThanOrEqual(300);
    expect(stranger.headers.location, path).toBe(`/login?next=${encodeURIComponent(path)}`);
  }
});

test("attack 47: only administrators delete a scope or an API, whatever others post", async ({ portal, person }) => {
  const [name, api] = [await portal.createScope(), await portal.createApi()];
  const nobody = new BrowserClient();
  const posts: { path: string; fields: Record<string, string> }[] = [
    { path: "/o/scopes/delete/submit", fields: { name, confirmed_name: name } },
    { path: `/o/apis/${api.id}/delete/submit`, fields: { confirmed_name: api.name } },
  ];
  const csrf = await readCsrf(person, "/", "/logout/submit");
  const csrfOfNobody = await readCsrf(nobody, "/login", "/login/submit");
  for (const { path, fields } of posts) {
    expect((await person.post(path, { csrf, ...fields })).status, path).toBe(403);
    expect((await nobody.post(path, { csrf: csrfOfNobody, ...fields })).headers.location, path).toMatch(
      /^\/login(\?|$)/,
    );
  }
  expect(await portal.database.scope.count({ where: { name } })).toBe(1);
  expect(await portal.database.api.count({ where: { id: api.id } })).toBe(1);
});

test("attack 47: only administrators create or change one, even with an administrator's own form", async ({
  portal,
  person,
}) => {
  const administrator = await signInAdministrator(portal);
  const [name, api] = [await portal.createScope(), await portal.createApi()];
  const [newName, identifier] = [`mine-${randomUUID()}`, `https://${randomUUID()}.example.test/`];
  portal.adoptScope(newName);
  const before = await portal.database.scope.findUniqueOrThrow({ where: { name } });
  const forms: [string, Record<string, string | string[]>][] = [
    ["/o/scopes/create/", newScope(newName)],
    [scopePages(name)[0] ?? "", newScope(name)],
    ["/o/apis/create/", newApi(identifier)],
    [`/o/apis/${api.id}/update/`, newApi(api.identifier)],
  ];
  const nobody = new BrowserClient();
  const senders = [
    { sender: person, csrf: await readCsrf(person, "/", "/logout/submit") },
    { sender: nobody, csrf: await readCsrf(nobody, "/login", "/login/submit") },
  ];
  for (const { sender, csrf } of senders) {
    for (const [path, fields] of forms) {
      const answer = await sender.submitAction(path, { ...fields, csrf }, administrator);
      expect(answer.headers.location ?? "/login", path).toMatch(/^\/login/);
      expect(answer.status, path).not.toBe(500);
    }
  }
  expect(await portal.database.scope.findUnique({ where: { name: newName } })).toBeNull();
  expect(await portal.database.scope.findUnique({ where: { name } })).toEqual(before);
  expect(await portal.database.api.findUnique({ where: { identifier } })).toBeNull();
  expect((await portal.database.api.findUniqueOrThrow({ where: { id: api.id } })).name).toBe(api.name);
  // The same posts by an administrator: it was the sender that was refused, not the form.
  const [path = "", fields = {}] = forms[0] ?? [];
  expect((await administrator.submitAction(path, fields)).headers.location).toBe("/o/scopes/");
});

test("an administrator's actions take effect, and are in the audit log under their name", async ({ portal }) => {
  const user = await portal.createUser({ administrator: true });
  const administrator = new BrowserClient();
  await administrator.signIn(user);
  const name = `photos:${randomUUID()}`;
  portal.adoptScope(name);
  const created = await administrator.submitAction("/o/scopes/create/", { name, description: "See your photos" });
  expect({ status: created.status, location: created.headers.location }).toEqual({
    status: 303,
    location: "/o/scopes/",
  });
  const identifier = `https://${randomUUID()}.example.test/`;
  const answer = await administrator.submitAction("/o/apis/create/", { ...newApi(identifier), scopes: [name] });
  const { id } = await portal.database.api.findUniqueOrThrow({ where: { identifier } });
  portal.adoptApi(id);
  expect(answer.headers.location).toBe(`/o/apis/${id}/`);

  const form = await administrator.openForm(`/o/apis/${id}/delete/`, `/o/apis/${id}/delete/submit`);
  const mistaken = await administrator.submit(form, { confirmed_name: "Yours" });
  expect(mistaken.headers.location).toBe(`/o/apis/${id}/delete/?rejected=name`);
  expect(await portal.database.api.count({ where: { id } })).toBe(1);
  expect((await administrator.submit(form, { confirmed_name: "Mine" })).headers.location).toBe("/o/apis/");
  expect(await portal.database.api.count({ where: { id } })).toBe(0);

  const events = await portal.database.auditEvent.findMany({ where: { actorId: user.id }, orderBy: { at: "asc" } });
  expect(events.map(({ type }) => type).filter((type) => /^(scope|api)\./.test(type))).toEqual([
    "scope.created",
    "api.created",
    "api.deleted",
  ]);
});

test("errors are shown by field, and the values stay", async ({ portal }) => {
  const administrator = await signInAdministrator(portal);
  const machine = await portal.createMachine();
  const answer = await administrator.submitAction("/o/apis/create/", {
    ...newApi("https://api.example.test/#top"),
    access_token_lifetime: "59",
    resource_servers: `${machine.clientId}\nnobody`,
  });
  expect(answer.status).toBe(200);
  const text = readText(answer.text);
  expect(text).toContain("An identifier can’t have a fragment (#…).");
  expect(text).toContain("Enter whole seconds from 60 to 86400, or nothing.");
  expect(answer.text).toContain('value="https://api.example.test/#top"');
  const again = await administrator.submitAction("/o/apis/create/", {
    ...newApi(`https://${randomUUID()}.example.test/`),
    resource_servers: `${machine.clientId}\nnobody`,
  });
  expect(readText(again.text)).toContain("There is no application with the client ID nobody.");
});

test("unknown names and IDs are not found, and never an error", async ({ portal }) => {
  const administrator = await signInAdministrator(portal);
  const csrf = await readCsrf(administrator, "/", "/logout/submit");
  const paths = [...scopePages("nothing"), ...scopePages("a\0b"), ...scopePages(""), ...apiPages("x")];
  paths.push("/o/scopes/update/", "/o/scopes/update/?name=read&name=write", ...apiPages(randomUUID()));
  for (const path of paths) expect((await administrator.get(path)).status, path).toBe(404);
  for (const name of ["nothing", "", "x".repeat(5_000)]) {
    const answer = await administrator.post("/o/scopes/delete/submit", { csrf, name, confirmed_name: name });
    expect(answer.status).toBe(404);
  }
  for (const id of ["x", randomUUID()]) {
    expect((await administrator.post(`/o/apis/${id}/delete/submit`, { csrf, confirmed_name: "x" })).status).toBe(404);
  }
  for (const list of ["/o/scopes/", "/o/apis/"]) {
    for (const after of ["%00", "x", "%C3%BC", "a&after=b"]) {
      expect((await administrator.get(`${list}?after=${after}`)).status, `${list} ${after}`).toBe(200);
    }
  }
});

test("the introspection scope can't be deleted, neither on its page nor with its form", async ({ portal }) => {
  const administrator = await signInAdministrator(portal);
  const [, path = ""] = scopePages("introspection");
  const page = await administrator.get(path);
  expect(readText(page.text)).toContain("This scope can’t be deleted");
  expect(page.text).not.toContain("/o/scopes/delete/submit");
  const csrf = await readCsrf(administrator, "/", "/logout/submit");
  const fields = { csrf, name: "introspection", confirmed_name: "introspection" };
  expect((await administrator.post("/o/scopes/delete/submit", fields)).status).toBe(400);
  expect(await portal.database.scope.count({ where: { name: "introspection" } })).toBe(1);
});

test("a scope that an application has come to depend on since the page was shown leads back to the reason", async ({
  portal,
}) => {
  const administrator = await signInAdministrator(portal);
  const name = await portal.createScope();
  const [, path = ""] = scopePages(name);
  const csrf = await readCsrf(administrator, path, "/o/scopes/delete/submit");
  const application = await portal.createApplication({ allowedScopes: [name] });
  const answer = await administrator.post("/o/scopes/delete/submit", { csrf, name, confirmed_name: name });
  expect([answer.status, answer.headers.location]).toEqual([303, `${path}&rejected=name`]);
  const page = readText((await administrator.get(answer.headers.location ?? "")).text);
  expect(page).toContain("Some applications depend on it");
  expect(page).toContain(application.name);
  expect(await portal.database.scope.count({ where: { name } })).toBe(1);
});

test.for<Locale>([...offeredLocales, pseudoLocale])(
  "WCAG 3.1.2: asked in %s, pages of administrators say which language their content is in",
  async (locale, { portal }) => {
    const administrator = await signInAdministrator(portal);
    const { text } = await administrator.get("/o/scopes/", { "Accept-Language": locale });
    const shown = localeOf("scopes", locale);
    expect(/<html lang="([^"]+)"/.exec(text)?.[1]).toBe(locale);
    expect(/<main [^>]*lang="([^"]+)"/.exec(text)?.[1]).toBe(shown);
    const account = await administrator.get("/account/", { "Accept-Language": locale });
    expect(/<main [^>]*lang="([^"]+)"/.exec(account.text)?.[1]).toBe(locale);
  },
);
