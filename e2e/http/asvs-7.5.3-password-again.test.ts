import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { readText } from "../support/html";
import type { Portal, TestUser } from "../support/portal";
import { openSession } from "../support/sessions";
import { test } from "../support/vitest";

const signedInAt = new Date(Date.now() - 16 * 60_000);

/** A browser in which the user signed in 16 minutes ago. */
async function openOlderSession(portal: Portal, user: TestUser): Promise<BrowserClient> {
  const browser = await openSession(user);
  await portal.database.session.updateMany({ where: { userId: user.id }, data: { authenticatedAt: signedInAt } });
  return browser;
}

async function enterPassword(browser: BrowserClient, path: string, password: string) {
  return browser.submit(await browser.openForm(path, "/login/confirm/submit"), { current_password: password });
}

test("a sensitive step asks for the password again, and keeps what was typed", async ({ portal }) => {
  const user = await portal.createUser();
  const application = await portal.createApplication({ owner: user });
  const browser = await openOlderSession(portal, user);
  const former = new BrowserClient();
  former.copyCookies(browser);
  const page = `/o/applications/${application.id}/credentials/`;
  const label = `typed ${randomUUID()}`;
  const add = async () =>
    browser.submit(await browser.openForm(page, `/o/applications/${application.id}/secrets/submit`), {
      label,
      expires_in_days: "30",
    });
  const countSecrets = () => portal.database.clientSecret.count({ where: { applicationId: application.id } });

  const { status, headers } = await add();
  const confirm = headers.location ?? "";
  const back = `${page}?rejected=secret#secrets`;
  expect([status, confirm]).toEqual([303, `/login/confirm?${new URLSearchParams({ next: back })}`]);
  expect(await countSecrets()).toBe(1);

  const wrong = await enterPassword(browser, confirm, "not the password");
  expect(wrong.headers.location).toBe(`${confirm}&rejected=password`);
  expect(readText((await browser.get(wrong.headers.location ?? "")).text)).toContain("Incorrect password.");

  const right = await enterPassword(browser, confirm, user.password);
  expect([right.status, right.headers.location]).toEqual([303, back]);
  expect((await browser.get(back.split("#")[0] ?? "")).text).toContain(`value="${label}"`);
  expect((await add()).headers.location).toBe(page);
  expect(await countSecrets()).toBe(2);

  // The session went on under a new token (ASVS 7.2.4), and applications still see when the user signed in.
  expect((await former.get("/account/")).headers.location).toContain("/login");
  const session = await portal.database.session.findFirstOrThrow({ where: { userId: user.id, endedAt: null } });
  expect(session.authenticatedAt).toEqual(signedInAt);
  const events = await portal.database.auditEvent.findMany({ where: { actorId: user.id }, orderBy: { id: "asc" } });
  expect(events.map(({ type }) => type)).toEqual([
    "password.confirmation_refused",
    "password.confirmed",
    "client_secret.added",
  ]);
});

test("a page for a sensitive step asks before it is shown", async ({ portal }) => {
  const user = await portal.createUser();
  const { id } = await portal.createApplication({ owner: user });
  const browser = await openOlderSession(portal, user);
  const secret = await portal.database.clientSecret.findFirstOrThrow({ where: { applicationId: id } });
  const page = `/o/applications/${id}/secrets/${secret.id}/roll/`;
  const confirm = `/login/confirm?${new URLSearchParams({ next: page })}`;
  expect((await browser.get(page)).headers.location).toBe(confirm);
  expect((await enterPassword(browser, confirm, user.password)).headers.location).toBe(page);
  expect((await browser.get(page)).status).toBe(200);
  // Whoever may not take the step isn't asked.
  const stranger = await openOlderSession(portal, await portal.createUser());
  expect((await stranger.get(page)).status).toBe(404);
});

test("a button for a sensitive step leads back to its page", async ({ portal }) => {
  const administrator = await portal.createUser({ administrator: true });
  const browser = await openOlderSession(portal, administrator);
  const form = await browser.openForm("/o/signing-keys/", "/o/signing-keys/rotate/submit");
  const answer = await browser.submit(form, {}, { Referer: `${browser.base}/o/signing-keys/` });
  const confirm = `/login/confirm?${new URLSearchParams({ next: "/o/signing-keys/" })}`;
  expect([answer.status, answer.headers.location]).toEqual([303, confirm]);
});

test("the page asks only who has to be asked, and leads nowhere else", async ({ portal, browser }) => {
  const page = `/login/confirm?${new URLSearchParams({ next: "/account/" })}`;
  expect((await browser.get(page)).headers.location).toBe(`/login?${new URLSearchParams({ next: "/account/" })}`);
  const user = await portal.createUser();
  expect((await (await openSession(user)).get(page)).headers.location).toBe("/account/");
  const older = await openOlderSession(portal, user);
  const elsewhere = `/login/confirm?${new URLSearchParams({ next: "https://elsewhere.example/" })}`;
  expect((await enterPassword(older, elsewhere, user.password)).headers.location).toBe("/");
});
