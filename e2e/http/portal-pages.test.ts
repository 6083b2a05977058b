import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { readText } from "../support/html";
import { credentialsOf, obtainTokens, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

test("case 119: users see and change their own applications; others' are not found", async ({
  portal,
  user,
  person,
}) => {
  const [own, theirs] = [await portal.createApplication({ owner: user }), await portal.createApplication()];
  const list = await person.get("/o/applications/");
  expect(list.text).toContain(own.name);
  expect(list.text).not.toContain(theirs.name);

  const { csrf = "" } = (await person.openForm("/", "/logout/submit")).fields;
  const secret = await portal.database.clientSecret.findFirstOrThrow({ where: { applicationId: theirs.id } });
  for (const path of ["", "update/", "delete/", "disable/", `secrets/${secret.id}/revoke/`]) {
    expect((await person.get(`/o/applications/${own.id}/${path.replace(secret.id, randomUUID())}`)).status).not.toBe(
      500,
    );
    const answer = await person.get(`/o/applications/${theirs.id}/${path}`);
    expect(answer.status, path).toBe(404);
    expect(answer.text).not.toContain(theirs.name);
  }
  const posts = ["disable/submit", "delete/submit", "secrets/submit", `secrets/${secret.id}/revoke/submit`];
  for (const path of posts) {
    for (const id of [theirs.id, randomUUID(), "x"]) {
      const answer = await person.post(`/o/applications/${id}/${path}`, {
        csrf,
        disabled: "true",
        label: "",
        expires_in_days: "0",
      });
      expect(answer.status, path).toBe(404);
    }
  }
  const untouched = await portal.database.application.findUniqueOrThrow({
    where: { id: theirs.id },
    include: { secrets: true },
  });
  expect(untouched.disabledAt).toBeNull();
  expect(untouched.secrets.map(({ revokedAt }) => revokedAt)).toEqual([null]);
});

test("case 119: an administrator sees and changes all of them", async ({ portal, browser }) => {
  const [administrator, theirs] = [await portal.createUser({ administrator: true }), await portal.createApplication()];
  await browser.signIn(administrator);
  expect(readText((await browser.get(`/o/applications/${theirs.id}/`)).text)).toContain(theirs.name);
  const { csrf = "" } = (await browser.openForm("/", "/logout/submit")).fields;
  expect((await browser.post(`/o/applications/${theirs.id}/disable/submit`, { csrf, disabled: "true" })).status).toBe(
    303,
  );
  const answer = await requestToken({ grant_type: "refresh_token", ...credentialsOf(theirs), refresh_token: "x" });
  expect(answer.status).toBe(401);
});

test("case 119: signed out, forms change nothing and lead to the login page", async ({ portal, user }) => {
  const application = await portal.createApplication({ owner: user });
  const browser = new BrowserClient();
  const { csrf = "" } = (await browser.openForm("/login", "/login/submit")).fields;
  for (const path of ["disable/submit", "delete/submit", "secrets/submit"]) {
    const answer = await browser.post(`/o/applications/${application.id}/${path}`, { csrf, disabled: "true" });
    expect(answer.headers.location).toMatch(/^\/login/);
  }
  const kept = await portal.database.application.findUniqueOrThrow({
    where: { id: application.id },
    include: { secrets: true },
  });
  expect(kept.disabledAt).toBeNull();
  expect(kept.secrets).toHaveLength(1);
});

test("attack 48: no page contains a secret, its hash or a token; a secret shows its last four characters", async ({
  portal,
  user,
  person,
}) => {
  const application = await portal.createApplication({ owner: user });
  const tokens = await obtainTokens(person, application);
  const stored = await portal.database.clientSecret.findFirstOrThrow({ where: { applicationId: application.id } });
  const secrets = [application.clientSecret, stored.hash, tokens.accessToken, tokens.refreshToken];
  const paths = ["/o/applications/", "/o/authorized_tokens/", `/o/authorized_tokens/${application.id}/delete/`];
  for (const path of [
    ...paths,
    ...["", "update/", "delete/"].map((name) => `/o/applications/${application.id}/${name}`),
  ]) {
    for (const headers of [{}, { RSC: "1" }]) {
      const { text } = await person.get(`${path}?q=${application.clientId}`, headers);
      for (const secret of secrets) expect(text, path).not.toContain(secret);
    }
  }
  const page = await person.get(`/o/applications/${application.id}/credentials/`);
  expect(readText(page.text)).toContain(stored.lastFour);
});

test("a new secret is shown until it is stored, in this browser only, and works", async ({ portal, user, person }) => {
  const machine = await portal.createMachine({ owner: user });
  const path = `/o/applications/${machine.id}/credentials/`;
  const form = await person.openForm(path, `/o/applications/${machine.id}/secrets/submit`);
  const added = await person.submit(form, { label: "Second", expires_in_days: "30" });
  expect(added.status).toBe(303);
  const shown = await person.get(path);
  const secret =
    /\b[A-Za-z0-9]{128}\b/.exec(readText(shown.text))?.[0] ?? /\b[A-Za-z0-9]{128}\b/.exec(shown.text)?.[0] ?? "";
  expect(secret).toHaveLength(128);
  const elsewhere = new BrowserClient();
  await elsewhere.signIn(user);
  expect((await elsewhere.get(path)).text).not.toContain(secret);

  const request = { grant_type: "client_credentials", client_id: machine.clientId, client_secret: secret };
  expect((await requestToken(request)).status).toBe(200);
  const stored = await person.openForm(path, `/o/applications/${machine.id}/secrets/stored`);
  await person.submit(stored, {});
  expect((await person.get(path)).text).not.toContain(secret);
});

test("deleting an application: its tokens and pages are gone", async ({ portal, user, person }) => {
  const application = await portal.createApplication({ owner: user });
  await obtainTokens(person, application);
  const path = `/o/applications/${application.id}/delete/`;
  const form = await person.openForm(path, `/o/applications/${application.id}/delete/submit`);
  const typed = await person.submit(form, { confirmed_name: application.name });
  expect(typed.headers.location).toBe("/o/applications/");
  expect((await person.get(`/o/applications/${application.id}/`)).status).toBe(404);
  const event = await portal.database.auditEvent.findFirstOrThrow({
    where: { applicationId: application.id, type: "application.deleted" },
  });
  expect(event.actorId).toBe(user.id);
});

test("case 121: users see only their own authorizations; another's is not found", async ({ portal, user, person }) => {
  const [mine, theirs] = [await portal.createApplication(), await portal.createApplication()];
  await obtainTokens(person, mine);
  const stranger = await portal.createUser();
  const elsewhere = new BrowserClient();
  await elsewhere.signIn(stranger);
  const tokens = await obtainTokens(elsewhere, theirs);

  const list = readText((await person.get("/o/authorized_tokens/")).text);
  expect(list).toContain(mine.name);
  expect(list).not.toContain(theirs.name);
  const { csrf = "" } = (await person.openForm("/", "/logout/submit")).fields;
  for (const id of [theirs.id, randomUUID(), "x", user.id]) {
    expect((await person.get(`/o/authorized_tokens/${id}/delete/`)).status).toBe(404);
    expect((await person.post(`/o/authorized_tokens/${id}/delete/submit`, { csrf })).status).toBe(404);
  }
  const family = await portal.database.tokenFamily.findFirstOrThrow({ where: { applicationId: theirs.id } });
  expect(family.revokedAt).toBeNull();
  expect(tokens.status).toBe(200);
});

test("addresses and telephone numbers are typed from left to right, in every language", async ({ person }) => {
  const page = await person.get("/account/profile/", { "Accept-Language": "ar-XB" });
  expect(page.text).toContain('<html lang="ar-XB" dir="rtl"');
  for (const name of ["website_url", "phone_number", "name"]) {
    const [field] = page.text.match(new RegExp(`<input [^>]*name="${name}"[^>]*>`)) ?? [""];
    expect(/ dir="ltr"/.test(field), field).toBe(name !== "name");
  }
});
