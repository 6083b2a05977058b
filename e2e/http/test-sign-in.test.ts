import { expect } from "vitest";
import { authorizePath, type BrowserClient } from "../support/browser-client";
import { baseUrl } from "../support/environment";
import { expectErrorPage } from "../support/expectations";
import { readText } from "../support/html";
import type { Portal, TestApplication } from "../support/portal";
import { openSession } from "../support/sessions";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

/** A test of an application's sign-in (docs/adr/0067), over HTTP. */

const callback = /^\/o\/applications\/test-sign-in\/[A-Za-z0-9_-]{43}$/;

/** Starts a test by its form; the parameters that the browser takes to the authorization endpoint. */
async function start(browser: BrowserClient, { id }: TestApplication, fields: Record<string, string> = {}) {
  const path = `/o/applications/${id}/test-sign-in/`;
  const form = await browser.openForm(path, `${path}submit`);
  const answer = await browser.submit(form, { scope: "openid", ...fields });
  expect(answer.status).toBe(303);
  const location = new URL(answer.headers.location ?? "", baseUrl);
  expect(location.pathname).toBe("/o/authorize");
  return location.searchParams;
}

/** Where the browser comes back to, as a path of this server. */
async function comeBack(browser: BrowserClient, parameters: URLSearchParams): Promise<string> {
  const { pathname, search, origin } = await browser.authorize(parameters);
  expect(origin).toBe(baseUrl);
  expect(pathname).toMatch(callback);
  return `${pathname}${search}`;
}

async function openOwner(portal: Portal) {
  const owner = await portal.createUser();
  return { owner, browser: await openSession(owner) };
}

test("a client with a secret: from its form to the report, without the code in an address", async ({ portal }) => {
  const { owner, browser } = await openOwner(portal);
  const application = await portal.createApplication({ owner });
  const parameters = await start(browser, application, { credential: application.clientSecret });
  expect(parameters.get("code_challenge_method")).toBe("S256");
  const path = await comeBack(browser, parameters);
  const { status, headers } = await browser.get(path);
  expect([status, headers.location]).toEqual([303, `${path.split("?")[0]}/result/`]);
  expect(headers["referrer-policy"]).toBe("same-origin");
  const page = await browser.get(headers.location ?? "");
  expect(page.status).toBe(200);
  expect(readText(page.text)).toContain("Sign-in works");
  expect(readText(page.text)).toContain(owner.id);
  expect(page.text).not.toContain(application.clientSecret);
  expect(await portal.database.redirectUri.count({ where: { applicationId: application.id } })).toBe(1);
  // The cookie with the secret is gone.
  expect([...browser.jar.keys()].filter((name) => name.includes("test-credential"))).toEqual([]);
});

test("RFC 9700 §4.1.3: the callback is for its user and its application, on a page of this server", async ({
  portal,
}) => {
  const { owner, browser } = await openOwner(portal);
  const stranger = await openSession(await portal.createUser({ administrator: true }));
  const application = await portal.createApplication({ owner, clientType: "public" });
  const other = await portal.createApplication({ owner, clientType: "public" });
  const parameters = await start(browser, application);
  expectErrorPage(await stranger.get(authorizePath(parameters)), 403);
  const elsewhere = new URLSearchParams(parameters);
  elsewhere.set("client_id", other.clientId);
  expectErrorPage(await browser.get(authorizePath(elsewhere)), 400);
  // Nor does any address below it, or one that nobody has started, count.
  for (const uri of [
    `${parameters.get("redirect_uri")}/result/`,
    `${baseUrl}/o/applications/test-sign-in/${"a".repeat(43)}`,
  ]) {
    const changed = new URLSearchParams(parameters);
    changed.set("redirect_uri", uri);
    expectErrorPage(await browser.get(authorizePath(changed)), 400);
  }
  // What is the owner's is nobody else's: neither the answer nor the report.
  const path = await comeBack(browser, parameters);
  expect((await stranger.get(path)).status).toBe(404);
  const [page = ""] = path.split("?");
  expect((await stranger.get(`${page}/result/`)).status).toBe(404);
  await browser.get(path);
  expect(readText((await browser.get(`${page}/result/`)).text)).toContain("Sign-in works");
  expect((await stranger.get(`${page}/result/`)).status).toBe(404);
});

test("after its time the callback is refused at the authorization endpoint, and takes no answer", async ({
  portal,
}) => {
  const { owner, browser } = await openOwner(portal);
  const application = await portal.createApplication({ owner, clientType: "public" });
  const parameters = await start(browser, application);
  const path = await comeBack(browser, parameters);
  const where = { applicationId: application.id };
  await portal.database.testSignIn.updateMany({ where, data: { expiresAt: new Date() } });
  expectErrorPage(await browser.get(authorizePath(parameters)), 400);
  expect((await browser.get(path)).status).toBe(404);
  expect(await portal.database.tokenFamily.count({ where })).toBe(0);
});

test("of parallel answers one is taken, and a second sign-in isn't answered there", async ({ portal }) => {
  const { owner, browser } = await openOwner(portal);
  const application = await portal.createApplication({ owner, clientType: "public" });
  const parameters = await start(browser, application);
  const path = await comeBack(browser, parameters);
  // Asking for headers, or ahead of time, takes nothing.
  expect((await browser.get(path, { "Sec-Purpose": "prefetch" })).status).toBe(400);
  const answers = await Promise.all(Array.from({ length: 10 }, () => browser.get(path)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
  const where = { applicationId: application.id };
  expect(await portal.database.tokenFamily.count({ where: { ...where, revokedReason: "token_revoked" } })).toBe(1);
  expect(await portal.database.auditEvent.count({ where: { ...where, type: "authorization_code.replayed" } })).toBe(0);
  expectErrorPage(await browser.get(authorizePath(parameters)), 400);
});

test("a secret that is refused isn't echoed, in the form or in the report", async ({ portal }) => {
  const { owner, browser } = await openOwner(portal);
  const application = await portal.createApplication({ owner });
  const path = `/o/applications/${application.id}/test-sign-in/`;
  const wrong = "a secret of another application";
  const form = await browser.openForm(path, `${path}submit`);
  const answer = await browser.submit(form, { scope: "openid", credential: wrong, max_age: "soon" });
  expect(answer.headers.location).toBe(`${path}?rejected`);
  const again = await browser.get(answer.headers.location ?? "");
  expect(readText(again.text)).toContain("Enter whole seconds");
  expect(again.text).not.toContain(wrong);
  const back = await comeBack(browser, await start(browser, application, { credential: wrong }));
  await browser.get(back);
  const report = await browser.get(`${back.split("?")[0]}/result/`);
  expect(readText(report.text)).toContain("invalid_client");
  expect(report.text).not.toContain(wrong);
});

test("form_post, Cancel and a restricted application come back as they do to the application", async ({ portal }) => {
  const { owner, browser } = await openOwner(portal);
  const application = await portal.createApplication({ owner, clientType: "public" });
  const denied = await browser.authorize(await start(browser, application, { response_mode: "form_post" }), {
    decision: "deny",
  });
  // As the form of the authorization endpoint has it: its page sends neither origin nor referrer.
  const { status, headers } = await browser.post(denied.pathname, Object.fromEntries(denied.searchParams), {
    Origin: "null",
  });
  expect(status).toBe(303);
  expect(readText((await browser.get(headers.location ?? "")).text)).toContain("access_denied");
  await portal.database.application.update({ where: { id: application.id }, data: { accessRestricted: true } });
  const answer = await browser.get(authorizePath(await start(browser, application)));
  expect(answer.headers.location).toMatch(/^\/no-access\?/);
});

test("an ordinary sign-in to the application is as it was", async ({ portal }) => {
  const { owner, browser } = await openOwner(portal);
  const application = await portal.createApplication({ owner });
  await start(browser, application, { credential: application.clientSecret });
  const { href } = await browser.authorize(authorizationOf(application));
  expect(href).toMatch(new RegExp(`^${application.redirectUri}\\?code=`));
});
