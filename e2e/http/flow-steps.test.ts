import { expect } from "vitest";
import { authorizePath, BrowserClient, findForm } from "../support/browser-client";
import { expectErrorPage } from "../support/expectations";
import type { HtmlForm } from "../support/html";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

/** Attacks 19 and 20: login and consent out of order, twice, and with another browser's request. */

async function openConsent(browser: BrowserClient, request: Record<string, string>): Promise<HtmlForm> {
  const start = await browser.get(authorizePath(request));
  return browser.openForm(start.headers.location ?? "", "/consent/submit");
}

test("attack 19: another browser's request can't be seen, approved or collected", async ({ portal, browser }) => {
  const [victim, application] = [await portal.createUser(), await portal.createApplication()];
  const attacker = new BrowserClient();
  const start = await attacker.get(authorizePath(authorizationOf(application)));
  const id = new URL(start.headers.location ?? "", "http://x").searchParams.get("authorization_request") ?? "";

  await browser.signIn(victim);
  const page = await browser.get(`/consent?authorization_request=${id}`);
  expect(findForm(page, "/consent/submit")).toBeUndefined();
  expect(page.text).not.toContain(application.name);
  const login = await browser.get(`/login?authorization_request=${id}`);
  expect(login.text).not.toContain(application.name);

  const own = await openConsent(browser, authorizationOf(application));
  const approval = await browser.submit(own, { authorization_request: id, decision: "allow" });
  expect(approval.status).toBe(403);
  expect((await browser.get(`/o/authorize?authorization_request=${id}`)).status).toBe(403);
  expect((await attacker.get(`/o/authorize?authorization_request=${id}`)).headers.location).toMatch(/^\/login\?/);
  expect(await portal.countCodes(application)).toBe(0);
});

test("an approval in one session doesn't count for another in the same browser", async ({ portal, browser }) => {
  const [first, second] = [await portal.createUser(), await portal.createUser()];
  const application = await portal.createApplication();
  await browser.signIn(first);
  const form = await openConsent(browser, authorizationOf(application));
  const decided = await browser.submit(form, { decision: "allow" });
  await browser.signOut();
  await browser.signIn(second);
  expectErrorPage(await browser.get(decided.headers.location ?? ""));
  expect(await portal.countCodes(application)).toBe(0);
});

test("attack 20: an answer sent twice counts once, and the request is used up with the code", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const form = await openConsent(person, authorizationOf(application));
  const decided = await person.submit(form, { decision: "allow" });
  for (const decision of ["allow", "deny"]) expect((await person.submit(form, { decision })).status).toBe(400);

  const resume = decided.headers.location ?? "";
  expect((await person.get(resume)).headers.location).toContain("?code=");
  expectErrorPage(await person.get(resume));
  expect((await person.submit(form, { decision: "allow" })).status).toBe(400);
  expect(await portal.countCodes(application)).toBe(1);
});

test("a denial can't be turned into an approval", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const form = await openConsent(person, authorizationOf(application));
  const denied = await person.submit(form, { decision: "deny" });
  expect((await person.submit(form, { decision: "allow" })).status).toBe(400);
  const location = (await person.get(denied.headers.location ?? "")).headers.location ?? "";
  expect(new URL(location).searchParams.get("error")).toBe("access_denied");
  expectErrorPage(await person.get(denied.headers.location ?? ""));
  expect(await portal.countCodes(application)).toBe(0);
});

test("resuming one approved request many times at once gives one code", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const form = await openConsent(person, authorizationOf(application));
  const decided = await person.submit(form, { decision: "allow" });
  const answers = await Promise.all(Array.from({ length: 20 }, () => person.get(decided.headers.location ?? "")));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
  expect(await portal.countCodes(application)).toBe(1);
});

test("attack 20: consent without a sign-in leads to the login page and decides nothing", async ({
  portal,
  browser,
}) => {
  const application = await portal.createApplication();
  const start = await browser.get(authorizePath(authorizationOf(application)));
  const login = await browser.openForm(start.headers.location ?? "", "/login/submit");
  const answer = await browser.post("/consent/submit", { ...login.fields, decision: "allow" });
  const resumed = await browser.get(answer.headers.location ?? "");
  expect(resumed.headers.location).toMatch(/^\/login\?/);
  expect(await portal.countCodes(application)).toBe(0);
});

test("an expired request is a page, at every step", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const form = await openConsent(person, authorizationOf(application));
  await portal.database.authorizationRequest.updateMany({
    where: { applicationId: application.id },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  const id = form.fields.authorization_request ?? "";
  expectErrorPage(await person.get(`/o/authorize?authorization_request=${id}`));
  expect((await person.submit(form, { decision: "allow" })).status).toBe(400);
  expect(findForm(await person.get(`/consent?authorization_request=${id}`), "/consent/submit")).toBeUndefined();
  expect(findForm(await person.get(`/login?authorization_request=${id}`), "/login/submit")).toBeUndefined();
  expect(await portal.countCodes(application)).toBe(0);
});

test.for(["", "x", "x".repeat(44), "\0", "../..", "é".repeat(43)])(
  "a malformed request ID %j is a 4xx at every step",
  async (id, { person }) => {
    const form = await person.openForm("/", "/logout/submit");
    const { csrf = "" } = form.fields;
    const query = new URLSearchParams({ authorization_request: id });
    const answers = [
      await person.get(`/o/authorize?${query}`),
      await person.post("/consent/submit", { csrf, authorization_request: id, decision: "allow" }),
    ];
    for (const { status } of answers) expect(status).toBe(400);
  },
);

test("empty forms are a 403: they carry no proof of their origin", async ({ person }) => {
  for (const path of ["/login/submit", "/consent/submit", "/logout/submit"]) {
    expect((await person.post(path, {})).status).toBe(403);
  }
});
