import { expect } from "vitest";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { disableUser } from "@/lib/services/users/manage/disable-users";
import { requireNewPassword } from "@/lib/services/users/manage/require-new-password";
import { authorizePath, BrowserClient } from "../support/browser-client";
import { readText } from "../support/html";
import type { Portal, TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

/** A password that someone else knows begins no session: another one has to be chosen first. */

async function createUser(portal: Portal): Promise<TestUser> {
  const user = await portal.createUser();
  await requireNewPassword(portal.context, { id: user.id });
  return user;
}

async function signIn(browser: BrowserClient, path: string, user: TestUser) {
  const form = await browser.openForm(path, "/login/submit");
  return browser.submit(form, { identifier: user.username, password: user.password });
}

async function choose(browser: BrowserClient, path: string, password: string) {
  return browser.submit(await browser.openForm(path, "/login/new-password/submit"), { new_password: password });
}

function newPassword(): string {
  const password = randomAlphanumeric(24);
  noteSecret(password);
  return password;
}

test("an authorization request goes on once another password was chosen", async ({ portal, browser }) => {
  const [user, application] = [await createUser(portal), await portal.createApplication({ skipConsent: true })];
  const start = await browser.get(authorizePath(authorizationOf(application)));
  const required = await signIn(browser, start.headers.location ?? "", user);
  const page = required.headers.location ?? "";
  expect([required.status, page]).toEqual([
    303,
    expect.stringMatching(/^\/login\/new-password\?authorization_request=/),
  ]);
  expect((await browser.get("/account/")).headers.location).toContain("/login");

  const same = await choose(browser, page, user.password);
  expect(same.headers.location).toBe(`${page}&rejected=password`);
  expect(readText((await browser.get(same.headers.location ?? "")).text)).toContain("This is already your password.");

  const chosen = await choose(browser, page, newPassword());
  expect(chosen.headers.location).toMatch(/^\/o\/authorize\?authorization_request=/);
  expect((await browser.get(chosen.headers.location ?? "")).headers.location).toContain("?code=");
  expect((await browser.get("/account/")).status).toBe(200);
  // The proof is used up.
  expect((await browser.get(page)).headers.location).toMatch(/^\/login\?authorization_request=/);
});

test("nothing but the proof in this browser opens the form, and the proof ends with what it proves", async ({
  portal,
  browser,
}) => {
  expect((await browser.get("/login/new-password")).headers.location).toMatch(/^\/login/);
  const user = await createUser(portal);
  const page = (await signIn(browser, "/login?next=%2Faccount%2F", user)).headers.location ?? "";
  expect(page).toBe(`/login/new-password?${new URLSearchParams({ next: "/account/" })}`);
  const form = await browser.openForm(page, "/login/new-password/submit");
  const other = new BrowserClient();
  await other.get("/login");
  expect((await other.get(page)).headers.location).toMatch(/^\/login\?/);

  await disableUser(portal.context, { id: user.id, reason: "" });
  const refused = await browser.submit(form, { new_password: newPassword() });
  expect(refused.headers.location).toBe(`/login?${new URLSearchParams({ next: "/account/" })}`);
  expect(await portal.database.session.count({ where: { userId: user.id } })).toBe(0);
});
