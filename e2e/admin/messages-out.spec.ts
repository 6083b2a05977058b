import type { Browser, Page } from "@playwright/test";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { type MailServer, startMailServer } from "@/lib/mail/testing/mail-server";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { authorizePath } from "../support/browser-client";
import { send } from "../support/http";
import { LogoutReceiver } from "../support/logout-receiver";
import { bearer } from "../support/openid";
import { OwnProvider } from "../support/own-provider";
import { expect, signIn, test } from "../support/playwright";
import type { TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { authorizationOf, exchangeOf, refreshOf, requestToken } from "../support/token-client";
import { waitFor } from "../support/wait-for";

/** What a step of administrators sends to somewhere else, and what comes of it there: with a server of its own. */

const provider = new OwnProvider();
const receiver = new LogoutReceiver();
let mailServer: MailServer;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  mailServer = await startMailServer();
  const more = {
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(mailServer.port),
    SMTP_SECURITY: "none",
    MAIL_FROM: "no-reply@example.test",
  };
  await Promise.all([provider.start({ more }), receiver.start()]);
});

test.afterAll(async () => {
  receiver.stop();
  await Promise.all([provider.remove(), mailServer.close()]);
});

/** A browser of its own, which has signed in with the form. */
async function openBrowser(browser: Browser, user?: Pick<TestUser, "username" | "password">): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: provider.baseUrl })).newPage();
  if (user) await signIn(page, user);
  return page;
}

/** The link in the message that has arrived for an address, as programs that read e-mail decode it (RFC 2045 §6.7). */
async function readLink(address: string): Promise<string> {
  const find = async () => mailServer.received.find(({ to }) => to.includes(address));
  const { source } = await waitFor(`a message to ${address}`, find, { timeout: 20_000 });
  const text = source
    .replace(/=\r?\n/g, "")
    .replace(/=([\dA-F]{2})/g, (_all, code) => String.fromCharCode(parseInt(code, 16)));
  const [link = "", token = ""] = /https?:\/\/\S+\/reset-password\/([\w-]{43})/.exec(text) ?? [];
  noteSecret(token);
  return link;
}

test("a reset link that an administrator sends arrives, works once, and its password signs in", async ({ browser }) => {
  const [user, manager] = [await provider.createUser(), await provider.createUser("user_manager")];
  const administration = await openBrowser(browser, manager);
  await administration.goto(`/admin/users/${user.id}/security/`);
  await administration.getByRole("button", { name: "Send reset link" }).click();
  await expect(administration.getByText("The reset link was sent")).toBeVisible();

  const link = await readLink(user.email);
  expect(link.startsWith(`${provider.baseUrl}/reset-password/`)).toBe(true);
  const [person, other] = [await openBrowser(browser), await openBrowser(browser)];
  for (const page of [person, other]) {
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  }
  const choose = async (page: Page) => {
    const password = randomAlphanumeric(20);
    noteSecret(password);
    await page.getByLabel("New password", { exact: true }).fill(password);
    await page.getByLabel("New password (again)", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Change password" }).click();
    return password;
  };
  const password = await choose(person);
  await expect(person.getByRole("heading", { name: "Password changed" })).toBeVisible();
  await choose(other);
  await expect(other.getByRole("heading", { name: "This link isn’t valid" })).toBeVisible();
  await person.goto(link);
  await expect(person.getByRole("heading", { name: "This link isn’t valid" })).toBeVisible();

  await signIn(person, { username: user.username, password });
  await expect(person.getByRole("heading", { name: `Hello, ${user.username}` })).toBeVisible();
  await other.goto("/login");
  await other.getByLabel(/username or e-?mail/i).fill(user.username);
  await other.getByLabel("Password", { exact: true }).fill(user.password);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other.getByText("Incorrect username or password")).toBeVisible();
  await Promise.all([administration, person, other].map((page) => page.context().close()));
});

test("disabling someone with an open session and a live refresh token ends both, and the application is told", async ({
  browser,
}) => {
  const [user, manager] = [await provider.createUser(), await provider.createUser("user_manager")];
  const party = await provider.register({ backchannelLogoutUri: receiver.open("/disabled") });
  const person = await openBrowser(browser, user);
  await person.goto(authorizePath(authorizationOf(party, { scope: "openid offline_access" })));
  // The application's address leads nowhere: what counts is that the browser is sent there.
  const sent = person.waitForRequest((request) => request.url().startsWith(`${party.redirectUri}?`));
  await person.getByRole("button", { name: "Authorize", exact: true }).click();
  const code = new URL((await sent).url()).searchParams.get("code") ?? "";
  noteSecret(code);
  const base = provider.baseUrl;
  const tokens = await requestToken(exchangeOf(party, code), { base });
  expect(tokens.status, tokens.text).toBe(200);
  const refreshed = await requestToken(refreshOf(party, tokens.refreshToken), { base });
  expect(refreshed.status).toBe(200);

  const administration = await openBrowser(browser, manager);
  await administration.goto(`/admin/users/${user.id}/security/`);
  await administration.getByLabel("Reason").fill("Left the company");
  await administration.getByRole("button", { name: "Disable account" }).click();
  await expect(administration.getByRole("status").getByText("Account disabled")).toBeVisible();

  // Back-Channel Logout §2.4: signed with a key of this server, about this subject and this session.
  const [received] = await receiver.waitFor("/disabled");
  expect(received?.tokens).toHaveLength(1);
  const keys = createRemoteJWKSet(new URL(`${provider.issuer}/.well-known/jwks.json`));
  const { payload } = await jwtVerify(received?.tokens[0] ?? "", keys, {
    issuer: provider.issuer,
    audience: party.clientId,
    typ: "logout+jwt",
    requiredClaims: ["iat", "exp", "jti", "sub", "sid", "events"],
  });
  const { sub, sid } = decodeJwt(String(tokens.body.id_token));
  expect([payload.sub, payload.sid]).toEqual([sub, sid]);
  expect(payload.events).toEqual({ "http://schemas.openid.net/event/backchannel-logout": {} });
  expect(payload).not.toHaveProperty("nonce");

  await person.goto("/account/");
  await expect(person).toHaveURL(/\/login/);
  const refused = await requestToken(refreshOf(party, refreshed.refreshToken), { base });
  expect([refused.status, refused.body.error]).toEqual([400, "invalid_grant"]);
  expect((await send("GET", "/o/userinfo/", { base, ...bearer(refreshed.accessToken) })).status).toBe(401);
  await Promise.all([administration, person].map((page) => page.context().close()));
});
