import type { Page } from "@playwright/test";
import type { UserManager } from "oidc-client-ts";
import { authorizePath } from "../support/browser-client";
import { baseUrl, issuer } from "../support/environment";
import { test as base, expect, signIn } from "../support/playwright";
import type { TestApplication, TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { SinglePageApp } from "../support/single-page-app";
import { authorizationOf, createPkcePair } from "../support/token-client";

declare global {
  interface Window {
    manager: UserManager;
  }
}

interface Renewed {
  sub: string;
  accessToken: string;
  idToken: string;
  refreshToken: string;
}

const test = base.extend<{ app: SinglePageApp }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs.
  app: async ({}, use) => {
    const app = new SinglePageApp();
    await app.start();
    await use(app);
    app.stop();
  },
});

async function openApp(page: Page, app: SinglePageApp, application: TestApplication, scope: string, monitor = false) {
  app.settings = { authority: issuer, clientId: application.clientId, scope, monitorSession: monitor };
  await page.goto(`${app.origin}/`);
  await expect(page.getByRole("heading", { name: "Signed out" })).toBeVisible();
}

async function signInTo(page: Page, app: SinglePageApp, user: TestUser): Promise<void> {
  await page.evaluate(() => void window.manager.signinRedirect());
  await page.waitForURL(/\/login\?/);
  await signIn(page, user);
  await page.waitForURL(`${app.origin}/`);
  await expect(page.getByRole("heading", { name: `Hello ${user.id}` })).toBeVisible();
}

async function renew(page: Page): Promise<Renewed> {
  const renewed = await page.evaluate(async () => {
    const user = await window.manager.signinSilent();
    return {
      sub: user?.profile.sub ?? "",
      accessToken: user?.access_token ?? "",
      idToken: user?.id_token ?? "",
      refreshToken: user?.refresh_token ?? "",
    };
  });
  for (const secret of [renewed.accessToken, renewed.idToken, renewed.refreshToken]) noteSecret(secret);
  return renewed;
}

/** Requested by the application's script, so that CORS applies. */
function askUserinfo(page: Page, accessToken: string): Promise<number> {
  return page.evaluate(
    ([url = "", token]) => fetch(url, { headers: { Authorization: `Bearer ${token}` } }).then(({ status }) => status),
    [`${baseUrl}/o/userinfo`, accessToken],
  );
}

test("oidc-client-ts: signs in, renews in a frame, signs out, and is no longer signed in", async ({
  page,
  portal,
  app,
}) => {
  const user = await portal.createUser();
  const application = await portal.createApplication({ ...app.registration, grantTypes: ["authorization_code"] });
  await openApp(page, app, application, "openid profile");
  await signInTo(page, app, user);
  const first = await renew(page);
  const second = await renew(page);
  expect([first.sub, second.sub]).toEqual([user.id, user.id]);
  expect(second.accessToken).not.toBe(first.accessToken);
  expect(await askUserinfo(page, second.accessToken)).toBe(200);

  await page.evaluate(() => void window.manager.signoutRedirect());
  await expect(page.getByRole("heading", { name: "Signed out" })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(app.origin);
  expect(await askUserinfo(page, second.accessToken)).toBe(401);
  const refusal = await page.evaluate(() => window.manager.signinSilent().catch((error: Error) => error.message));
  expect(refusal).toBe("Nobody is signed in.");
});

test("oidc-client-ts: two tabs that refresh at the same time both continue, and so does the next refresh", async ({
  page,
  context,
  portal,
  app,
}) => {
  const user = await portal.createUser();
  const application = await portal.createApplication(app.registration);
  await openApp(page, app, application, "openid offline_access");
  await signInTo(page, app, user);
  const other = await context.newPage();
  await other.goto(`${app.origin}/`);
  await expect(other.getByRole("heading", { name: `Hello ${user.id}` })).toBeVisible();
  const [one, two] = await Promise.all([renew(page), renew(other)]);
  expect(one.refreshToken).not.toBe("");
  for (const [tab, { accessToken, sub }] of [
    [page, one],
    [other, two],
  ] as const) {
    expect(sub).toBe(user.id);
    expect(await askUserinfo(tab, accessToken)).toBe(200);
  }
  const next = await renew(other);
  expect(await askUserinfo(other, next.accessToken)).toBe(200);
});

test("check_session_iframe: an application notices that its user has signed out at the server", async ({
  page,
  context,
  portal,
  app,
}) => {
  const user = await portal.createUser();
  const application = await portal.createApplication({ ...app.registration, grantTypes: ["authorization_code"] });
  await openApp(page, app, application, "openid", true);
  await signInTo(page, app, user);
  const portalPage = await context.newPage();
  await portalPage.goto("/");
  await portalPage.locator("summary", { hasText: user.username }).click();
  await portalPage.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Signed out" })).toBeVisible();
});

test("frames: none of the pages for users, and no silent answer on another origin", async ({ page, portal, app }) => {
  const user = await portal.createUser();
  const application = await portal.createApplication(app.registration);
  const elsewhere = await portal.createApplication({ skipConsent: true });
  await signIn(page, user);
  await openApp(page, app, application, "openid");
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/frame-ancestors|X-Frame-Options/i.test(message.text())) refused.push(message.text());
  });
  const { challenge } = createPkcePair();
  const pkce = {
    code_challenge: challenge,
    code_challenge_method: "S256",
    scope: "openid",
    response_mode: "form_post",
  };
  const addresses = [
    authorizePath({ ...authorizationOf(application, pkce), prompt: "login" }),
    authorizePath({ ...authorizationOf(elsewhere, { scope: "openid", response_mode: "form_post" }), prompt: "none" }),
    "/login",
    "/account/",
    "/o/logout",
  ];
  for (const [index, address] of addresses.entries()) {
    await page.evaluate((src) => {
      const frame = document.createElement("iframe");
      frame.src = src;
      document.body.append(frame);
    }, `${baseUrl}${address}`);
    await expect.poll(() => refused.length, { message: address }).toBeGreaterThan(index);
  }
});
