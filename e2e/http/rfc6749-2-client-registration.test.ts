import { expect } from "vitest";
import type { BrowserClient } from "../support/browser-client";
import { readText } from "../support/html";
import type { Portal, TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** The form as it works without JavaScript. */

const path = "/o/applications/register/";

const good = {
  name: "Registered by form",
  client_type: "confidential",
  authorization_grant_type: ["authorization_code", "refresh_token"],
  redirect_uris: "https://app.example.test/callback",
};

function listOwn(portal: Portal, user: TestUser) {
  return portal.database.application.findMany({
    where: { ownerId: user.id },
    include: { redirectUris: { orderBy: { position: "asc" } }, secrets: true },
  });
}

async function expectRefused(person: BrowserClient, fields: Record<string, string | string[]>, message: RegExp) {
  const answer = await person.submitAction(path, fields);
  expect(answer.status).toBe(200);
  expect(readText(answer.text)).toMatch(message);
}

test("the ID and the secret on the form are those of the application; the defaults require no PKCE", async ({
  portal,
  browser,
}) => {
  const user = await portal.createUser();
  await browser.signIn(user);
  const page = await browser.get(`${path}all-settings/`);
  const clientId = /name="client_id" value="([A-Za-z0-9]{40})"/.exec(page.text)?.[1] ?? "";
  const clientSecret = /\b[A-Za-z0-9]{128}\b/.exec(page.text)?.[0] ?? "";
  noteSecret(clientSecret);
  expect([clientId.length, clientSecret.length]).toEqual([40, 128]);
  const grants = { authorization_grant_type: ["authorization_code", "client_credentials"] };
  const credentials = { client_id: clientId, client_secret: clientSecret };
  const answer = await browser.submitAction(path, { ...good, ...grants, ...credentials });
  const [application] = await listOwn(portal, user);
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toMatch(new RegExp(`/o/applications/${application?.id}/quick-start/$`));
  expect(application).toMatchObject({ clientId, name: good.name, requirePkce: false, skipConsent: false });
  expect(application?.redirectUris.map(({ uri }) => uri)).toEqual([good.redirect_uris]);
  expect((await requestToken({ grant_type: "client_credentials", ...credentials })).status).toBe(200);
  // The secret is visible until it is stored, then never again.
  expect(JSON.stringify(application?.secrets)).not.toContain(clientSecret);
});

test.for([
  ["no name", { name: "" }, /Enter a name/],
  ["no grant", { authorization_grant_type: [] }, /at least one grant/],
  ["an unknown grant", { authorization_grant_type: ["password"] }, /grant type/],
  ["an unknown client type", { client_type: "secret" }, /client type/],
  [
    "a public client with client credentials",
    { client_type: "public", authorization_grant_type: ["client_credentials"] },
    /public/,
  ],
  ["an unknown scope", { allowed_scopes: ["admin"] }, /scope/i],
  ["a secret that can be guessed", { client_secret: "short" }, /at least 32/],
  ["a client id with a colon", { client_id: "a:b" }, /colon/],
  ["consent skipped by someone who is no administrator", { skip_consent: "on" }, /administrator/],
] satisfies [string, Record<string, string | string[]>, RegExp][])(
  "case 120: %s is refused, by field",
  async ([, change, message], { portal, user, person }) => {
    await expectRefused(person, { ...good, ...change }, message);
    expect(await listOwn(portal, user)).toEqual([]);
  },
);

test("without a redirect URI it is registered, and can't be authorized until it has one", async ({
  portal,
  browser: person,
}) => {
  const user = await portal.createUser();
  await person.signIn(user);
  const answer = await person.submitAction(path, { ...good, redirect_uris: "" });
  expect(answer.status).toBe(303);
  const [application] = await listOwn(portal, user);
  expect(application?.redirectUris).toEqual([]);
  const request = { response_type: "code", client_id: application?.clientId ?? "" };
  const callback = "http://localhost:3000/api/auth/callback/latchkey";
  for (const query of [request, { ...request, redirect_uri: callback }]) {
    const refused = await person.get(`/o/authorize/?${new URLSearchParams(query)}`);
    expect(refused.status).toBe(400);
    expect(refused.headers.location).toBeUndefined();
  }
  const quickStart = `/o/applications/${application?.id}/quick-start/`;
  const send = async (uri: string) =>
    person.submit(await person.openForm(`${quickStart}?start=nextjs`, `${quickStart}redirect-uri`), {
      redirect_uris: uri,
    });
  const rejected = await send("javascript:alert(1)");
  expect(rejected.headers.location).toBe(`${quickStart}?start=nextjs&rejected=redirect-uri`);
  expect(readText((await person.get(rejected.headers.location ?? "")).text)).toMatch(/javascript: is not allowed/);
  expect((await send(callback)).headers.location).toBe(`${quickStart}?start=nextjs`);
  const [completed] = await listOwn(portal, user);
  expect(completed?.redirectUris.map(({ uri }) => uri)).toEqual([callback]);
  const allowed = await person.get(`/o/authorize/?${new URLSearchParams(request)}`);
  expect(allowed.status).toBeLessThan(400);
});

const badRedirectUris = [
  "https://app.example.test/#fragment",
  "https://app.example.test/#",
  "https://user@app.example.test/",
  "https://user:password@app.example.test/",
  "https://*.example.test/",
  "https://app.example.test/*",
  "http://app.example.test/",
  "http://192.168.0.1/",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "file:///etc/passwd",
  "blob:https://app.example.test/x",
  "noscheme",
  "//app.example.test/",
  "https:///app.example.test",
  "https://app.example.test/../x",
  "https://app.example.test\\@evil.test/",
  "https://аpp.example.test/",
  "myapp:/callback",
];

test("case 120, attack 15: dangerous redirect URIs are refused when saving", async ({ portal, user, person }) => {
  for (const uri of badRedirectUris) {
    const answer = await person.submitAction(path, { ...good, redirect_uris: uri });
    expect(answer.status, uri).toBe(200);
    // Shown as text and never as a link.
    expect(answer.text, uri).not.toMatch(/href="(javascript|data|vbscript|file):/i);
  }
  expect(await listOwn(portal, user)).toEqual([]);
});

test("attack 49: without a session, or with another browser's token, nothing is registered", async ({
  portal,
  browser,
  person,
}) => {
  const count = () => portal.database.application.count({ where: { name: "Smuggled" } });
  await expect(browser.submitAction(path, { ...good, name: "Smuggled" })).rejects.toThrow("no form");
  const { csrf = "" } = (await browser.openForm("/login", "/login/submit")).fields;
  await person.submitAction(path, { ...good, name: "Smuggled", csrf });
  expect(await count()).toBe(0);
});

test("a client ID can be taken only once", async ({ portal, person }) => {
  const { clientId } = await portal.createApplication();
  await expectRefused(person, { ...good, client_id: clientId }, /already taken/);
});
