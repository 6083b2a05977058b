import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import type { Portal, TestUser } from "../support/portal";
import { test } from "../support/vitest";

const page = "/admin/groups/create/";
const back = `${page}?rejected`;

/** A browser in which the user has filled the form in, and the session ended before they sent it. */
async function openFormThenEnd(portal: Portal, user: TestUser) {
  const browser = new BrowserClient();
  await browser.signIn(user);
  const form = await browser.openForm(page, `${page}submit`);
  await portal.database.session.updateMany({ where: { userId: user.id }, data: { endedAt: new Date() } });
  return { browser, form };
}

test("a form whose session has ended comes back as it was after the next sign-in", async ({ portal }) => {
  const user = await portal.createUser({ administrator: true });
  const { browser, form } = await openFormThenEnd(portal, user);
  const name = `Typed ${randomUUID()}`;
  const answer = await browser.submit(form, { name, description: "Not lost" });
  expect([answer.status, answer.headers.location]).toEqual([303, `/login?${new URLSearchParams({ next: back })}`]);
  expect(await portal.database.group.count({ where: { name } })).toBe(0);

  expect((await browser.get(back)).headers.location).toContain("/login");
  await browser.signIn(user);
  const { text } = await browser.get(back);
  expect(text).toContain(`value="${name}"`);
  expect(text).toContain("Not lost");
});

test("nobody else who signs in there sees it, and neither does another browser", async ({ portal }) => {
  const user = await portal.createUser({ administrator: true });
  const { browser, form } = await openFormThenEnd(portal, user);
  const name = `Typed ${randomUUID()}`;
  await browser.submit(form, { name });
  await browser.signIn(await portal.createUser({ administrator: true }));
  expect((await browser.get(back)).text).not.toContain(name);

  const elsewhere = new BrowserClient();
  await elsewhere.signIn(user);
  const own = elsewhere.cookieHeader(page);
  elsewhere.copyCookies(browser);
  expect((await elsewhere.get(back, own)).text).not.toContain(name);
});

test("who was signed in can't be invented", async ({ portal }) => {
  const user = await portal.createUser({ administrator: true });
  const { browser, form } = await openFormThenEnd(portal, user);
  const [token] = (form.fields.csrf ?? "").split(".");
  const name = `Typed ${randomUUID()}`;
  for (const csrf of [token, `${token}.`, `${token}.${token}`, `${token}.${user.id}`]) {
    expect((await browser.submit(form, { csrf: csrf ?? "", name })).status, csrf).toBe(403);
  }
  await browser.signIn(user);
  expect((await browser.get(back)).text).not.toContain(name);
  expect((await browser.submit(form, { csrf: `x.${form.fields.csrf}`, name })).status).toBe(403);
});
