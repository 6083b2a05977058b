import { expect } from "vitest";
import { authorizePath, BrowserClient, findForm } from "../support/browser-client";
import { expectErrorRedirect } from "../support/expectations";
import { readText } from "../support/html";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

const loginPath = /^\/login\?authorization_request=[A-Za-z0-9_-]{43}$/;
const consentPath = /^\/consent\?authorization_request=[A-Za-z0-9_-]{43}$/;

test("max_age: an older sign-in has to be repeated, once; with prompt=none it is login_required", async ({
  portal,
}) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication({ skipConsent: true })];
  const browser = new BrowserClient();
  await browser.signIn(user);
  const open = (more: Record<string, string>) => browser.get(authorizePath(authorizationOf(application, more)));
  expect((await open({ max_age: "3600" })).headers.location).toContain("?code=");
  expect((await open({ max_age: "0" })).headers.location).toMatch(loginPath);

  const signedInAt = new Date(Date.now() - 3_601_000);
  await portal.database.session.updateMany({ where: { userId: user.id }, data: { authenticatedAt: signedInAt } });
  expectErrorRedirect(await open({ max_age: "3600", prompt: "none" }), application.redirectUri, "login_required");
  expect((await open({})).headers.location).toContain("?code=");
  for (const max_age of ["3600", "0"]) {
    expect(await browser.obtainCode(authorizationOf(application, { max_age }), { user })).not.toBe("");
  }
});

test("login_hint is the initial value of the form, as text", async ({ portal, browser }) => {
  const application = await portal.createApplication();
  for (const login_hint of ["alice@example.test", `"><script>alert(1)</script>`]) {
    const start = await browser.get(authorizePath(authorizationOf(application, { login_hint })));
    const page = await browser.get(start.headers.location ?? "");
    expect(findForm(page, "/login/submit")?.fields.identifier).toBe(login_hint);
    expect(page.text).not.toContain("<script>alert");
  }
});

test("ui_locales is accepted; unknown values are ignored", async ({ portal, person }) => {
  const application = await portal.createApplication({ skipConsent: true });
  const request = authorizationOf(application, {
    ui_locales: "fr-CA fr en",
    acr_values: "1",
    nonce: "n",
    colour: "blue",
  });
  expect((await person.get(authorizePath(request))).headers.location).toContain("?code=");
});

test("the pages of a request stay in the language that it asks for", async ({ portal, browser, user }) => {
  const application = await portal.createApplication();
  const request = authorizationOf(application, { ui_locales: "tlh de-AT" });
  const { location = "" } = (await browser.get(authorizePath(request))).headers;
  expect(location).toMatch(/^\/login\?authorization_request=.+&ui_locales=de$/);
  const login = await browser.openForm(location, "/login/submit");
  const rejected = await browser.submit(login, { identifier: user.username, password: "wrong password" });
  expect(rejected.headers.location).toMatch(/^\/login\?attempt=.+&ui_locales=de$/);
  const signedIn = await browser.submit(login, { identifier: user.username, password: user.password });
  const asked = await browser.get(signedIn.headers.location ?? "");
  expect(asked.headers.location).toMatch(/^\/consent\?authorization_request=.+&ui_locales=de$/);
  const page = await browser.get(asked.headers.location ?? "");
  expect(findForm(page, "/consent/submit")?.action).toBe("/consent/submit?ui_locales=de");
});

test("attack 21: an application that registered itself is asked about each time, and described as not approved", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const where = { id: application.id };
  const data = { registrationSource: "dynamic" as const };
  await portal.database.application.update({ where, data, select: { id: true } });
  const request = authorizationOf(application);
  await person.obtainCode(request);
  const again = await person.get(authorizePath(request));
  expect(again.headers.location).toMatch(consentPath);
  const page = readText((await person.get(again.headers.location ?? "")).text);
  expect(page).toContain("Registered itself with this server");
  expect(page).toContain("This application is not verified");
  expect(page).not.toContain("Registered by");
  const silent = await person.get(authorizePath({ ...request, prompt: "none" }));
  expectErrorRedirect(silent, application.redirectUri, "consent_required");
});
