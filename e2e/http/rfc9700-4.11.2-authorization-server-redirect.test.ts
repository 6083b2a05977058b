import { expect } from "vitest";
import { authorizePath, type BrowserClient, findForm } from "../support/browser-client";
import { expectErrorRedirect } from "../support/expectations";
import { readText } from "../support/html";
import { send } from "../support/http";
import type { Portal } from "../support/portal";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

/** An application that an ordinary user registered, somewhere else on the web. */
async function createUnapproved(portal: Portal) {
  const redirectUris = ["https://app.example.test/callback"];
  return portal.createApplication({ redirectUris, redirectsBeforeSignIn: false });
}

/** Starts a request and opens the sign-in page. */
async function openSignIn(browser: BrowserClient, parameters: Record<string, string>) {
  const path = (await browser.get(authorizePath(parameters))).headers.location ?? "";
  expect(path).toMatch(/^\/login\?authorization_request=/);
  const page = await browser.get(path);
  const form = findForm(page, "/login/cancel");
  if (!form) throw new Error("There is no way back from the sign-in page.");
  return { page, form };
}

test("an error before sign-in is a page that names the host and continues by a link", async ({ portal, browser }) => {
  const application = await createUnapproved(portal);
  const request = { ...authorizationOf(application), scope: "bogus", state: "s" };
  const answer = await browser.get(authorizePath(request));
  expect([answer.status, answer.headers.location]).toEqual([400, undefined]);
  expect(answer.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(readText(answer.text)).toContain("Continue to app.example.test");
  const [, href = ""] = /<a class="start" rel="noreferrer" href="(https:[^"]+)"/.exec(answer.text) ?? [];
  const location = new URL(href.replaceAll("&amp;", "&"));
  expect(location.origin + location.pathname).toBe(application.redirectUri);
  expect(Object.fromEntries(location.searchParams)).toMatchObject({ error: "invalid_scope", state: "s" });
});

test("with form_post the page has a button, and no script that submits it", async ({ portal, browser }) => {
  const application = await createUnapproved(portal);
  const request = { ...authorizationOf(application), scope: "bogus", response_mode: "form_post" };
  const answer = await browser.get(authorizePath(request));
  expect(answer.status).toBe(400);
  expect(answer.text).not.toContain("<script");
  expect(findForm(answer, application.redirectUri)?.fields).toMatchObject({ error: "invalid_scope" });
});

test("prompt=none is the exception, and so is a signed-in user", async ({ portal, browser, person }) => {
  const application = await createUnapproved(portal);
  const silent = { ...authorizationOf(application), prompt: "none" };
  expectErrorRedirect(await browser.get(authorizePath(silent)), application.redirectUri, "login_required");
  const mistaken = { ...authorizationOf(application), scope: "bogus" };
  expectErrorRedirect(await person.get(authorizePath(mistaken)), application.redirectUri, "invalid_scope");
});

test("it depends on who registers an application: only an administrator can approve it", async ({ portal }) => {
  const user = await portal.createUser();
  const own = await portal.createApplication();
  const { redirectsBeforeSignIn } = await portal.database.application.findUniqueOrThrow({ where: { id: own.id } });
  expect(redirectsBeforeSignIn).toBe(true);
  const theirs = await portal.createApplication({ registrant: user });
  const row = await portal.database.application.findUniqueOrThrow({ where: { id: theirs.id } });
  expect(row.redirectsBeforeSignIn).toBe(false);
});

test("RFC 6749 §4.1.2.1: Cancel on the sign-in page returns with access_denied, once", async ({ portal, browser }) => {
  const application = await portal.createApplication();
  const { page, form } = await openSignIn(browser, authorizationOf(application));
  expect(readText(page.text)).toContain(`Cancel and return to ${application.name}`);
  const answer = await browser.submit(form, {});
  expectErrorRedirect(answer, application.redirectUri, "access_denied");
  expect((await browser.submit(form, {})).status).toBe(400);
  expect(await portal.database.authorizationRequest.count({ where: { applicationId: application.id } })).toBe(0);
  const events = await portal.database.auditEvent.findMany({ where: { applicationId: application.id } });
  expect(events.map(({ type }) => type)).toContain("authorization.cancelled");
});

test("Cancel names the host of an application that isn't approved", async ({ portal, browser }) => {
  const application = await createUnapproved(portal);
  const { page, form } = await openSignIn(browser, authorizationOf(application));
  expect(readText(page.text)).toContain("Cancel and return to app.example.test");
  expectErrorRedirect(await browser.submit(form, {}), application.redirectUri, "access_denied");
});

test("Cancel requires our own form in this browser", async ({ portal, browser }) => {
  const application = await portal.createApplication();
  const { form } = await openSignIn(browser, authorizationOf(application));
  const elsewhere = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
  expect((await browser.submit(form, {}, elsewhere)).status).toBe(403);
  expect((await browser.submit({ ...form, fields: { ...form.fields, csrf: "x" } }, {})).status).toBe(403);
  expectErrorRedirect(await browser.submit(form, {}), application.redirectUri, "access_denied");
});

test("RFC 9110 §9.3.2: HEAD stores no request and uses up no pending one", async ({ portal, browser }) => {
  const application = await portal.createApplication();
  const answer = await send("HEAD", authorizePath(authorizationOf(application)));
  expect(answer.headers.location).toMatch(/^\/login\?authorization_request=/);
  expect(await portal.database.authorizationRequest.count({ where: { applicationId: application.id } })).toBe(0);
  expect((await send("HEAD", "/o/authorize?client_id=unknown")).status).toBe(400);
  expect((await browser.get(answer.headers.location ?? "")).text).toContain("expired");
});
