import type { Page } from "@playwright/test";
import { baseUrl } from "../support/environment";
import { expect, signIn, test } from "../support/playwright";
import { requestOf } from "./authorization-requests";

const identifierField = (page: Page) => page.getByLabel("Username or e-mail address");
const failure = (page: Page) => page.getByRole("main").getByRole("alert");
const passwordField = (page: Page) => page.getByLabel("Password", { exact: true });

async function trySigningIn(page: Page, identifier: string, password: string): Promise<void> {
  await identifierField(page).fill(identifier);
  await passwordField(page).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("by username", async ({ page, portal }) => {
  const user = await portal.createUser();
  await page.goto("/");
  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).click();
  await expect(identifierField(page)).toBeFocused();
  await signIn(page, user);
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("heading", { level: 1, name: `Hello, ${user.username}` })).toBeVisible();
});

test("by email address, in any case", async ({ page, portal }) => {
  const user = await portal.createUser();
  await page.goto("/login");
  await trySigningIn(page, user.email.toUpperCase(), user.password);
  await expect(page.getByRole("heading", { level: 1, name: `Hello, ${user.username}` })).toBeVisible();
});

test("a failed attempt keeps the name, clears the password and has the same message for every reason", async ({
  page,
  portal,
}) => {
  const user = await portal.createUser();
  const messages: (string | null)[] = [];
  for (const identifier of [user.username, `nobody-${user.username}`]) {
    await page.goto("/login");
    await trySigningIn(page, identifier, "not the password");
    await expect(failure(page)).toBeVisible();
    messages.push(await failure(page).textContent());
    await expect(identifierField(page)).toHaveValue(identifier);
    await expect(passwordField(page)).toHaveValue("");
    await expect(passwordField(page)).toBeFocused();
    await expect(passwordField(page)).toHaveAccessibleDescription(/Incorrect username or password/);
  }
  expect(messages[0]).toBe(messages[1]);

  await signIn(page, user);
  await expect(page).toHaveURL("/");
});

test("reloading /login after a failed attempt shows an empty form", async ({ page, portal }) => {
  const user = await portal.createUser();
  await page.goto("/login");
  await trySigningIn(page, user.username, "not the password");
  await expect(failure(page)).toBeVisible();
  await page.goto("/login");
  await expect(identifierField(page)).toHaveValue("");
  await expect(failure(page)).toHaveCount(0);
});

test("next leads back to a page of this site, also by the former address", async ({ page, portal }) => {
  const user = await portal.createUser();
  await page.goto(`/admin/login/?${new URLSearchParams({ next: "/?from=login" })}`);
  await trySigningIn(page, user.username, "not the password");
  await expect(failure(page)).toBeVisible();
  await signIn(page, user);
  await expect(page).toHaveURL("/?from=login");
});

for (const next of [
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "/\t/evil.example",
  "javascript:alert(1)",
]) {
  test(`next does not lead elsewhere: ${JSON.stringify(next)}`, async ({ page, portal }) => {
    const user = await portal.createUser();
    await page.goto(`/login?${new URLSearchParams({ next })}`);
    await signIn(page, user);
    await expect(page).toHaveURL(`${baseUrl}/`);
  });
}

test("a user who is already signed in is sent on", async ({ page, portal }) => {
  await signIn(page, await portal.createUser());
  await page.goto("/login");
  await expect(page).toHaveURL("/");
  await page.goto(`/login?${new URLSearchParams({ next: "/?from=login" })}`);
  await expect(page).toHaveURL("/?from=login");
});

test("names the waiting application and fills in its login_hint", async ({ page, portal }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  await page.goto(requestOf(application, { login_hint: user.email }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Sign in to continue to ${application.name}`);
  await expect(identifierField(page)).toHaveValue(user.email);
  await expect(passwordField(page)).toBeFocused();
});

test("an expired request, or one from another browser, is explained instead of asking for a password", async ({
  page,
  browser,
  portal,
}) => {
  await page.goto(requestOf(await portal.createApplication()));
  await expect(passwordField(page)).toBeVisible();
  const elsewhere = await browser.newContext();
  const otherPage = await elsewhere.newPage();
  await otherPage.goto(page.url());
  await expect(otherPage.getByText("started in another browser")).toBeVisible();
  await expect(passwordField(otherPage)).toHaveCount(0);
  await elsewhere.close();

  await page.goto(`/login?authorization_request=${"x".repeat(43)}`);
  await expect(page.getByText("has expired or was already completed")).toBeVisible();
  await expect(passwordField(page)).toHaveCount(0);
});

test("prompt=login asks again and shows who is signed in", async ({ page, portal }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  await signIn(page, user);
  await page.goto(requestOf(application, { prompt: "login" }));
  await expect(page.getByText(`You are signed in as ${user.username}`)).toBeVisible();
  await expect(identifierField(page)).toHaveValue(user.username);
  await signIn(page, user);
  await expect(page.getByRole("heading", { level: 1, name: `Authorize ${application.name}?` })).toBeVisible();
});

test("prompt=select_account allows another account", async ({ page, portal }) => {
  const [user, other, application] = [
    await portal.createUser(),
    await portal.createUser(),
    await portal.createApplication(),
  ];
  await signIn(page, user);
  await page.goto(requestOf(application, { prompt: "select_account" }));
  await expect(identifierField(page)).toHaveValue("");
  await signIn(page, other);
  await expect(page.getByText(other.email)).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("signing in, failing and signing out work", async ({ page, portal }) => {
    const user = await portal.createUser();
    await page.goto("/login");
    await expect(page.getByRole("button", { name: "Show password" })).toBeHidden();
    await trySigningIn(page, user.username, "not the password");
    await expect(failure(page)).toContainText("Incorrect username or password");
    await expect(passwordField(page)).toBeFocused();
    await signIn(page, user);
    await page.getByRole("banner").getByText(user.username).first().click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  });
});
