import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { readText } from "../support/html";
import type { TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { test } from "../support/vitest";

/** What a form leaves for its page is for the session that sent the form (docs/adr/0035). */

const tokensPath = "/o/registration-tokens/";

/** Creates a client secret, and returns the page that shows it. */
async function addSecret(browser: BrowserClient, applicationId: string): Promise<{ path: string; secret: string }> {
  const path = `/o/applications/${applicationId}/credentials/`;
  const form = await browser.openForm(path, `/o/applications/${applicationId}/secrets/submit`);
  expect((await browser.submit(form, { label: "Second", expires_in_days: "0" })).headers.location).toBe(path);
  const secret = findSecret((await browser.get(path)).text);
  noteSecret(secret);
  return { path, secret };
}

/** The only word on the page that is long enough. */
function findSecret(html: string): string {
  const word = /(?<![\w-])[\w-]{43,}(?![\w-])/.exec(readText(html))?.[0];
  if (!word) throw new Error("The page shows no secret.");
  return word;
}

async function changePerson(browser: BrowserClient, user: TestUser): Promise<void> {
  await browser.signOut();
  await browser.signIn(user);
}

test("a new client secret is shown in the session that created it, and in no other", async ({ portal }) => {
  const [owner, administrator] = [await portal.createUser(), await portal.createUser({ administrator: true })];
  const application = await portal.createApplication({ owner });
  const browser = new BrowserClient();
  await browser.signIn(owner);
  const { path, secret } = await addSecret(browser, application.id);
  const before = new BrowserClient();
  before.copyCookies(browser);
  expect((await before.get(path)).text).toContain(secret);
  expect((await before.get(path)).headers["cache-control"]).toBe("no-store");

  await changePerson(browser, administrator);
  const page = await browser.get(path);
  expect(page.status).toBe(200);
  expect(page.text).not.toContain(secret);
  await changePerson(browser, owner);
  expect((await browser.get(path)).text).not.toContain(secret);
  expect((await before.get(path)).text).not.toContain(secret);
});

test("and so is a new initial access token", async ({ portal }) => {
  const people = [await portal.createUser({ administrator: true }), await portal.createUser({ administrator: true })];
  const [first, second] = people as [TestUser, TestUser];
  const browser = new BrowserClient();
  await browser.signIn(first);
  const form = await browser.openForm(tokensPath, `${tokensPath}submit`);
  await browser.submit(form, { label: "For the fleet", maximum_uses: "1", expires_in_days: "1" });
  const token = findSecret((await browser.get(tokensPath)).text);
  noteSecret(token);
  await changePerson(browser, second);
  const page = await browser.get(tokensPath);
  expect(page.status).toBe(200);
  expect(page.text).not.toContain(token);
  await portal.database.initialAccessToken.deleteMany({ where: { createdById: first.id } });
});

test("the values of a rejected form return only to the user who typed them", async ({ portal }) => {
  const [first, second] = [await portal.createUser(), await portal.createUser()];
  const browser = new BrowserClient();
  await browser.signIn(first);
  const form = await browser.openForm("/account/email/", "/account/email/submit");
  const typed = "private@example.test";
  const rejected = await browser.submit(form, { email: typed, current_password: "not this one" });
  const path = rejected.headers.location ?? "";
  const shown = new BrowserClient();
  shown.copyCookies(browser);
  expect((await shown.get(path)).text).toContain(typed);
  await changePerson(browser, second);
  expect((await browser.get(path)).text).not.toContain(typed);
});

test("a name typed on the sign-in page is gone once a user has signed in", async ({ user }) => {
  const browser = new BrowserClient();
  const form = await browser.openForm("/login", "/login/submit");
  const failed = await browser.submit(form, { identifier: "someone-private", password: "not this one" });
  const path = failed.headers.location ?? "";
  expect((await browser.get(path)).text).toContain("someone-private");
  await browser.signIn(user);
  await browser.signOut();
  expect((await browser.get(path)).text).not.toContain("someone-private");
});

test("a value is for one page: under another page's name it is ignored", async ({ portal }) => {
  const owner = await portal.createUser();
  const [one, other] = [await portal.createApplication({ owner }), await portal.createApplication({ owner })];
  const browser = new BrowserClient();
  await browser.signIn(owner);
  const secrets = [await addSecret(browser, one.id), await addSecret(browser, other.id)];
  const cookies = [...browser.jar].filter(([, { path }]) => path.startsWith("/o/applications/"));
  expect(cookies).toHaveLength(2);
  const [[firstName, first], [secondName, second]] = cookies as [(typeof cookies)[0], (typeof cookies)[0]];
  browser.plantCookie(firstName, second.value, first.path);
  browser.plantCookie(secondName, first.value, second.path);
  for (const { path } of secrets) {
    const { text } = await browser.get(path);
    expect(secrets.filter(({ secret }) => text.includes(secret))).toEqual([]);
  }
});
