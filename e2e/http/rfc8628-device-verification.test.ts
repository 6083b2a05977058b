import { expect } from "vitest";
import { BrowserClient, findForm } from "../support/browser-client";
import {
  answerDevice,
  createTv,
  enterCode,
  forgetGuesses,
  openConfirmation,
  pollOf,
  startDevice,
} from "../support/device-client";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import { readText } from "../support/html";
import { getResource, refreshOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** RFC 8628 §3.3, §5.1, §5.4 and attack 43: what the user does, and what nobody else can. */

/** The user and the network are the same in all tests. */
test.beforeEach(({ portal, user }) => forgetGuesses(portal, user));

test("§3.3: a wrong code shows the form again, with the typed value and one message for every reason", async ({
  portal,
  person,
}) => {
  const application = await createTv(portal);
  const { userCode } = await startDevice(application);
  await answerDevice(person, userCode);
  for (const typed of ["BBBB-BBBB", "short", userCode, "<script>"]) {
    const answer = await enterCode(person, typed);
    expect([answer.status, answer.headers.location]).toEqual([303, "/o/device"]);
    const page = await person.get("/o/device");
    expect(readText(page.text)).toContain("This code isn’t valid.");
    expect(findForm(page, "/o/device/submit")?.fields.user_code).toBe(typed);
  }
});

test("§3.3.1, §5.4: verification_uri_complete fills in the code and still asks; nothing is ever approved silently", async ({
  portal,
  person,
}) => {
  const application = await createTv(portal, { skipConsent: true });
  const first = await startDevice(application);
  await answerDevice(person, first.userCode);
  const { deviceCode, userCode, body } = await startDevice(application);
  const form = await person.openForm(String(body.verification_uri_complete).slice(baseUrl.length), "/o/device/submit");
  expect(form.fields.user_code).toBe(userCode);
  const { location = "" } = (await person.submit(form, {})).headers;
  const page = await person.get(location);
  const text = readText(page.text);
  for (const part of [application.name, userCode, "Continue only if your device shows this code"]) {
    expect(text).toContain(part);
  }
  expect(text).toContain("You allowed all of this before.");
  expectOAuthError(await requestToken(pollOf(application, deviceCode)), 400, "authorization_pending");
});

test("signed out, the code leads to sign-in and from there to the confirmation", async ({ portal, browser, user }) => {
  const application = await createTv(portal);
  const { deviceCode, userCode } = await startDevice(application);
  const confirmation = await openConfirmation(browser, userCode);
  const asked = await browser.get(confirmation);
  expect([asked.status, asked.headers.location]).toEqual([307, `/login?next=${encodeURIComponent(confirmation)}`]);
  const login = await browser.openForm(asked.headers.location ?? "", "/login/submit");
  const signedIn = await browser.submit(login, { identifier: user.username, password: user.password });
  expect(signedIn.headers.location).toBe(confirmation);
  const form = await browser.openForm(confirmation, "/o/device/confirm/submit");
  await browser.submit(form, { decision: "allow" });
  expect((await requestToken(pollOf(application, deviceCode))).status).toBe(200);
});

test("the language in the address stays through all pages", async ({ portal, browser, user }) => {
  const application = await createTv(portal);
  const { userCode } = await startDevice(application);
  const form = await browser.openForm("/o/device?ui_locales=tlh%20de-AT", "/o/device/submit");
  const rejected = await browser.submit(form, { user_code: "BBBB-BBBB" });
  expect(rejected.headers.location).toBe("/o/device?ui_locales=de");
  const again = await browser.openForm(rejected.headers.location ?? "", "/o/device/submit");
  const { location: confirmation = "" } = (await browser.submit(again, { user_code: userCode })).headers;
  expect(confirmation).toMatch(/^\/o\/device\/confirm\?.+&ui_locales=de$/);
  const asked = (await browser.get(confirmation)).headers.location ?? "";
  expect(asked).toBe(`/login?next=${encodeURIComponent(confirmation)}&ui_locales=de`);
  const login = await browser.openForm(asked, "/login/submit");
  await browser.submit(login, { identifier: user.username, password: user.password });
  const question = await browser.openForm(confirmation, "/o/device/confirm/submit");
  const answer = await browser.submit(question, { decision: "deny" });
  expect(answer.headers.location).toBe("/o/device/done?ui_locales=de");
});

test("attack 43, case 86: another browser and another user find nothing, and change nothing", async ({
  portal,
  person,
}) => {
  const application = await createTv(portal);
  const { deviceCode, userCode } = await startDevice(application);
  const confirmation = await openConfirmation(person, userCode);
  const form = await person.openForm(confirmation, "/o/device/confirm/submit");
  const stranger = await portal.createUser();
  // The stranger's own browser, and the stranger in the user's browser.
  const [elsewhere, shared] = [new BrowserClient(), new BrowserClient()];
  shared.setCookie("browser", person.cookie("browser") ?? "");
  for (const browser of [elsewhere, shared]) {
    await browser.signIn(stranger);
    expect((await browser.get(confirmation)).status).toBe(404);
    const { csrf = "" } = (await browser.openForm("/o/device", "/o/device/submit")).fields;
    for (const decision of ["allow", "deny"]) {
      expect((await browser.submit(form, { decision, csrf })).status).toBe(404);
    }
  }
  expectOAuthError(await requestToken(pollOf(application, deviceCode)), 400, "authorization_pending");
  await person.submit(form, { decision: "allow" });
  expect((await requestToken(pollOf(application, deviceCode))).status).toBe(200);
});

test("attack 43: no approval by address, without the form of this browser, or twice", async ({ portal, person }) => {
  const application = await createTv(portal);
  const { deviceCode, userCode } = await startDevice(application);
  expect((await person.get("/o/device/confirm")).status).toBe(404);
  expect((await person.get(`/o/device/confirm?user_code=${userCode}&decision=allow`)).status).toBe(404);
  const form = await person.openForm(await openConfirmation(person, userCode), "/o/device/confirm/submit");
  expect((await person.submit(form, { decision: "allow", csrf: "forged" })).status).toBe(403);
  expect((await person.submit(form, { decision: "allow" }, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
  expect((await person.submit(form, { decision: "perhaps" })).status).toBe(400);
  expect((await person.submit(form, { decision: "allow", scope: "admin" })).status).toBe(400);
  expect(
    (await person.get(`${form.action}?${new URLSearchParams({ ...form.fields, decision: "allow" })}`)).status,
  ).toBe(405);
  expectOAuthError(await requestToken(pollOf(application, deviceCode)), 400, "authorization_pending");
  expect((await person.submit(form, { decision: "deny" })).status).toBe(303);
  expect((await person.submit(form, { decision: "allow" })).status).toBe(404);
  expectOAuthError(await requestToken(pollOf(application, deviceCode)), 400, "access_denied");
});

test("§5.1: guesses are limited across all processes, with the time to try again", async ({ portal }) => {
  const application = await createTv(portal);
  const { userCode } = await startDevice(application);
  const user = await portal.createUser();
  const browsers = [new BrowserClient(), new BrowserClient({ base: secondBaseUrl })];
  for (const browser of browsers) await browser.signIn(user);
  const guess = async (index: number, code: string) => enterCode(browsers[index % 2] ?? new BrowserClient(), code);
  for (let index = 0; index < 10; index++) expect((await guess(index, "BBBB-BBBB")).status).toBe(303);
  for (const index of [0, 1]) {
    const refused = await guess(index, userCode);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(800);
    expect(readText(refused.text)).toContain("Too many codes");
  }
  await forgetGuesses(portal, user);
  expect((await guess(0, userCode)).headers.location).toMatch(/^\/o\/device\/confirm\?/);
});

test("a disabled application and a disabled user get nothing", async ({ portal }) => {
  const [application, other] = [await createTv(portal), await createTv(portal)];
  const user = await portal.createUser();
  const person = new BrowserClient();
  await person.signIn(user);
  const { userCode } = await startDevice(application);
  const form = await person.openForm(await openConfirmation(person, userCode), "/o/device/confirm/submit");
  await portal.disableApplication(application);
  expect((await person.submit(form, { decision: "allow" })).status).toBe(404);
  expect((await enterCode(person, userCode)).headers.location).toBe("/o/device");

  const { deviceCode, userCode: second } = await startDevice(other);
  await answerDevice(person, second);
  await portal.disableUser(user);
  expectOAuthError(await requestToken(pollOf(other, deviceCode)), 400, "invalid_grant");
});

test("revoking consent ends an approval that has not been fetched, and one that has", async ({ portal, person }) => {
  const application = await createTv(portal);
  const [fetched, waiting] = [await startDevice(application), await startDevice(application)];
  for (const { userCode } of [fetched, waiting]) await answerDevice(person, userCode);
  const tokens = await requestToken(pollOf(application, fetched.deviceCode));
  const action = `/o/authorized_tokens/${application.id}/delete/submit`;
  const form = await person.openForm(`/o/authorized_tokens/${application.id}/delete/`, action);
  expect((await person.submit(form, {})).status).toBe(303);
  expectOAuthError(await requestToken(pollOf(application, waiting.deviceCode)), 400, "invalid_grant");
  expect((await getResource(tokens.accessToken)).status).toBe(401);
  expectOAuthError(await requestToken(refreshOf(application, tokens.refreshToken)), 400, "invalid_grant");
});

test("a revocation that races the device leaves nothing that works", async ({ portal, person }) => {
  const application = await createTv(portal);
  for (let round = 0; round < 6; round++) {
    const { deviceCode, userCode } = await startDevice(application);
    await answerDevice(person, userCode);
    const action = `/o/authorized_tokens/${application.id}/delete/submit`;
    const form = await person.openForm(`/o/authorized_tokens/${application.id}/delete/`, action);
    const [revoked, ...answers] = await Promise.all([
      person.submit(form, {}),
      ...[baseUrl, secondBaseUrl].map((base) => requestToken(pollOf(application, deviceCode), { base })),
    ]);
    expect(revoked.status).toBe(303);
    for (const { status, body, accessToken } of answers) {
      if (status === 200) expect((await getResource(accessToken)).status).toBe(401);
      else expect(body.error).toBe("invalid_grant");
    }
  }
});
