import { expect } from "vitest";
import { startMailServer } from "@/lib/mail/testing/mail-server";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { revokeInvitation } from "@/lib/services/invitations/revoke-invitation";
import { BrowserClient, findForm } from "../support/browser-client";
import { baseUrl, secondBaseUrl } from "../support/environment";
import type { HtmlForm } from "../support/html";
import { invite } from "../support/one-time-links";
import { noteSecret } from "../support/secrets-seen";
import { openSession } from "../support/sessions";
import { findSharedServer } from "../support/shared-server";
import { untilAdmitted } from "../support/until-admitted";
import { test } from "../support/vitest";

/** The links of invitations, on two server processes with one PostgreSQL. */

const newUsername = () => `invited-${randomAlphanumeric(10).toLowerCase()}`;

function newPassword(): string {
  const password = randomAlphanumeric(20);
  noteSecret(password);
  return password;
}

test("of many who accept an invitation at both servers at once one gets an account, and is signed in", async ({
  portal,
}) => {
  const { path } = await invite(portal);
  const candidates = Array.from({ length: 6 }, (_, index) => ({
    browser: new BrowserClient({ base: index % 2 === 0 ? baseUrl : secondBaseUrl }),
    username: newUsername(),
    password: newPassword(),
  }));
  const forms = await Promise.all(candidates.map(({ browser }) => browser.openForm(path, `${path}/submit`)));
  const answers = await Promise.all(
    candidates.map(({ browser, username, password }, index) => {
      const form = forms[index] as HtmlForm;
      return untilAdmitted(() => browser.submit(form, { username, password, password_again: password }));
    }),
  );
  for (const { username } of candidates) await portal.adoptUser(username);
  const locations = answers.map(({ status, headers }) => [status, headers.location]);
  expect(locations.filter(([, location]) => location === "/")).toEqual([[303, "/"]]);
  expect(locations.filter(([, location]) => location === path)).toHaveLength(5);
  const winner = candidates[answers.findIndex(({ headers }) => headers.location === "/")];
  expect((await winner?.browser.get("/account/"))?.text).toContain(winner?.username);
  const usernames = candidates.map(({ username }) => username);
  expect(await portal.database.user.count({ where: { username: { in: usernames } } })).toBe(1);
});

test("what scans e-mail for links uses none up", async ({ portal, browser }) => {
  const { path } = await invite(portal);
  for (let count = 0; count < 5; count++) expect((await new BrowserClient().get(path)).status).toBe(200);
  expect(
    (await browser.post(`${path}/submit`, { username: "scanner", password: "x", password_again: "x" })).status,
  ).toBe(403);
  expect(findForm(await browser.get(path), `${path}/submit`)).toBeDefined();
});

test("links that are unknown, used, revoked or expired look the same, and leave no trace elsewhere", async ({
  portal,
  browser,
}) => {
  const [used, revoked, expired] = [await invite(portal), await invite(portal), await invite(portal)];
  const [username, password] = [newUsername(), newPassword()];
  const form = await browser.openForm(used.path, `${used.path}/submit`);
  await untilAdmitted(() => browser.submit(form, { username, password, password_again: password }));
  await portal.adoptUser(username);
  await revokeInvitation(portal.context, { ids: [revoked.id] });
  await portal.database.invitation.update({ where: { id: expired.id }, data: { expiresAt: new Date(0) } });
  const pages = await Promise.all(
    [used.path, revoked.path, expired.path, "/invitation/nothing", `/invitation/${"x".repeat(43)}`].map((path) =>
      new BrowserClient().get(path),
    ),
  );
  for (const { text, headers } of pages) {
    expect(text).toContain("This invitation isn’t valid");
    expect(headers["referrer-policy"]).toBe("same-origin");
    expect(headers["cache-control"]).toContain("no-store");
  }
});

test("an address that got an account meanwhile is told so, and the invitation stays as it is", async ({
  portal,
  browser,
}) => {
  const user = await portal.createUser();
  await portal.database.user.update({ where: { id: user.id }, data: { email: "x", emailKey: randomAlphanumeric(20) } });
  const { path } = await invite(portal, user.email);
  const form = await browser.openForm(path, `${path}/submit`);
  await portal.database.user.update({ where: { id: user.id }, data: { email: user.email, emailKey: user.email } });
  const password = newPassword();
  const answer = await untilAdmitted(() =>
    browser.submit(form, { username: newUsername(), password, password_again: password }),
  );
  expect([answer.status, answer.headers.location]).toEqual([303, path]);
  const page = await browser.get(path);
  expect(page.status).toBe(200);
  expect(page.text).toContain("You already have an account");
  expect(findForm(page, `${path}/submit`)).toBeUndefined();
});

test("an invitation is sent again if the server can send e-mail, and otherwise only gets a new link", async ({
  portal,
}) => {
  const { id, email, path } = await invite(portal);
  const manager = await portal.createUser({ portalRole: "user_manager" });
  const findResend = async (browser: BrowserClient) =>
    (await browser.get("/admin/invitations/")).text.match(/value="email"/);
  expect(await findResend(await openSession(manager))).toBeNull();

  const mailServer = await startMailServer();
  portal.atCleanUp(() => mailServer.close());
  const { baseUrl: base } = await findSharedServer({
    PUBLIC_URL: baseUrl,
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(mailServer.port),
    SMTP_SECURITY: "none",
    MAIL_FROM: "no-reply@example.test",
  });
  const browser = await openSession(manager, base);
  expect(await findResend(browser)).not.toBeNull();
  const form = await browser.openForm("/admin/invitations/", "/admin/invitations/submit");
  const { status, headers } = await browser.submit(form, { id, delivery: "email" });
  expect([status, headers.location]).toEqual([303, "/admin/invitations/"]);
  expect((await browser.get("/admin/invitations/")).text).toContain("The invitation is on its way again");
  expect((await new BrowserClient().get(path)).text).toContain("This invitation isn’t valid");
  expect(await portal.database.message.count({ where: { recipient: email, kind: "invitation" } })).toBe(1);

  // The same for those selected in the list, after a page has asked.
  const other = await invite(portal);
  const bulk = await browser.openForm("/admin/invitations/?sort=email", "/admin/invitations/bulk/submit");
  const asked = await browser.submit(
    bulk,
    { id: other.id, action: "resend" },
    {
      Referer: `${baseUrl}/admin/invitations/?sort=email`,
    },
  );
  const question = asked.headers.location ?? "";
  expect([asked.status, question.split("?")[0]]).toEqual([303, "/admin/invitations/resend/"]);
  expect((await browser.get(question)).text).toContain(other.email);
  const again = await browser.submit(await browser.openForm(question, "/admin/invitations/bulk/submit"), {
    ids: `${id}.${other.id}`,
  });
  expect([again.status, again.headers.location]).toEqual([303, "/admin/invitations/?sort=email"]);
  expect((await browser.get("/admin/invitations/?sort=email")).text).toContain("2 invitations are on their way again");
  expect((await new BrowserClient().get(other.path)).text).toContain("This invitation isn’t valid");
  const recipients = [email, other.email];
  expect(await portal.database.message.count({ where: { recipient: { in: recipients } } })).toBe(3);
  await portal.database.message.deleteMany({ where: { recipient: { in: recipients } } });
});
