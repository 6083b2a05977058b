import { type HostCookie, hostCookieName } from "@/lib/auth/cookies";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { BrowserClient } from "../support/browser-client";
import { baseUrl } from "../support/environment";
import { expect, expectAccessible, signIn, startSession, test } from "../support/playwright";
import { noteSecret } from "../support/secrets-seen";
import { getResource, obtainTokens, refreshOf, requestToken } from "../support/token-client";

const newPassword = () => {
  const password = randomAlphanumeric(24);
  noteSecret(password);
  return password;
};

test("the account page shows who is signed in and is in the menu", async ({ page, portal }) => {
  const user = await portal.createUser();
  await page.goto("/account");
  await expect(page).toHaveURL(/\/login\?next=%2Faccount%2F$/);
  await signIn(page, user);
  await expect(page).toHaveURL(/\/account\/$/);
  await page.goto("/");
  await page.locator("summary", { hasText: user.username }).click();
  await page.getByRole("link", { name: "Your account", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Your account", level: 1 })).toBeVisible();
  await expect(page.getByText(user.email).last()).toBeVisible();
  await expect(page.getByRole("list", { name: "Where you are signed in" }).getByRole("listitem")).toHaveText(
    /Chrome on \w+This device127\.0\.0\.1.*last seen just now/,
  );
  await expect(page.getByRole("button", { name: "Sign out everywhere else" })).toHaveCount(0);
  await expectAccessible(page);
});

test("changing the password keeps this browser signed in, and no other, and no token", async ({ page, portal }) => {
  const user = await portal.createUser();
  const application = await portal.createApplication();
  const elsewhere = new BrowserClient();
  await elsewhere.signIn(user);
  const tokens = await obtainTokens(elsewhere, application);
  await startSession(page, user);
  const cookieOf = async (cookie: HostCookie) =>
    (await page.context().cookies()).find(({ name }) => name === hostCookieName(cookie, baseUrl))?.value ?? "";
  const before = await cookieOf("session");
  const password = newPassword();

  await page.goto("/account/");
  await page.getByLabel("Current password").fill("not this one");
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Incorrect password.")).toBeVisible();
  await expect(page.getByLabel("Current password")).toBeFocused();
  await expect(page.getByLabel("Current password")).toHaveValue("");
  await expectAccessible(page);
  await page.getByLabel("Current password").fill(user.password);
  await page.getByLabel("New password").fill("password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This password is too common")).toBeVisible();
  expect((await getResource(tokens.accessToken)).status).toBe(200);

  await page.getByLabel("Current password").fill(user.password);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password was changed")).toBeVisible();
  await expectAccessible(page);
  expect((await getResource(tokens.accessToken)).status).toBe(401);
  expect((await requestToken(refreshOf(application, tokens.refreshToken))).body.error).toBe("invalid_grant");
  expect((await elsewhere.get("/account/")).status).not.toBe(200);
  const stolen = new BrowserClient();
  stolen.setCookie("session", before);
  stolen.setCookie("browser", await cookieOf("browser"));
  expect((await stolen.get("/account/")).status).not.toBe(200);
  expect(await cookieOf("session")).not.toBe(before);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Your account", level: 1 })).toBeVisible();
  await expect(new BrowserClient().signIn(user)).rejects.toThrow("not signed in");
  await new BrowserClient().signIn({ ...user, password });
  const types = await portal.database.auditEvent.findMany({
    where: { userId: user.id, type: { startsWith: "password." } },
    orderBy: { id: "asc" },
    select: { type: true },
  });
  expect(types.map(({ type }) => type)).toEqual(["password.change_refused", "password.changed"]);
});

test("guesses of the current password are limited like at sign-in", async ({ page, portal }) => {
  const user = await portal.createUser();
  await startSession(page, user);
  await page.goto("/account/");
  for (let attempt = 0; attempt < 11; attempt++) {
    await page.getByLabel("Current password").fill(`guess ${attempt}`);
    await page.getByLabel("New password").fill(newPassword());
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByLabel("Current password")).toHaveValue("");
  }
  await expect(page.getByText(/Too many attempts\. Try again in 1[45] minutes\./)).toBeVisible();
});

test("signing out another device ends its session and what began there, and nothing else", async ({ page, portal }) => {
  const user = await portal.createUser();
  const application = await portal.createApplication();
  const [lost, kept] = [new BrowserClient(), new BrowserClient()];
  await lost.signIn(user);
  const stolen = await obtainTokens(lost, application);
  await kept.signIn(user);
  const own = await obtainTokens(kept, application);
  await startSession(page, user);
  await page.goto("/account/");
  const items = page.getByRole("list", { name: "Where you are signed in" }).getByRole("listitem");
  await expect(items).toHaveCount(3);
  await expectAccessible(page);
  const [session] = await portal.database.session.findMany({ where: { userId: user.id }, orderBy: { id: "asc" } });
  await items
    .filter({ has: page.locator(`input[value="${session?.id}"]`) })
    .getByRole("button", { name: /^Sign out/ })
    .click();
  await expect(items).toHaveCount(2);
  expect((await lost.get("/account/")).status).not.toBe(200);
  expect((await getResource(stolen.accessToken)).status).toBe(401);
  expect((await getResource(own.accessToken)).status).toBe(200);

  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(items).toHaveCount(1);
  await expect(items).toContainText("This device");
  expect((await kept.get("/account/")).status).not.toBe(200);
  expect((await getResource(own.accessToken)).status).toBe(401);
  const revoked = await portal.database.tokenFamily.findMany({ where: { userId: user.id } });
  expect(revoked.map(({ revokedReason }) => revokedReason)).toEqual(["session_ended", "session_ended"]);
});

test("another user's session is not found", async ({ page, portal }) => {
  const [user, other] = [await portal.createUser(), await portal.createUser()];
  const browser = new BrowserClient();
  await browser.signIn(other);
  const { id } = await portal.database.session.findFirstOrThrow({ where: { userId: other.id } });
  await startSession(page, user);
  await page.goto("/account/");
  const csrf = await page.locator("input[name=csrf]").first().inputValue();
  const headers = { Origin: new URL(page.url()).origin, "Sec-Fetch-Site": "same-origin" };
  for (const session_id of [id, "not-an-id", ""]) {
    const form = { csrf, session_id };
    const answer = await page.request.post("/account/sessions/end/submit", { form, headers, maxRedirects: 0 });
    expect(answer.status()).toBe(404);
  }
  expect((await browser.get("/account/")).status).toBe(200);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the password is changed without scripts", async ({ page, portal }) => {
    const user = await portal.createUser();
    await startSession(page, user);
    await page.goto("/account/");
    await page.getByLabel("Current password").fill(user.password);
    await page.getByLabel("New password").fill(newPassword());
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Your password was changed")).toBeVisible();
  });
});
