import { expect, signIn, test } from "../support/playwright";

test("signing out ends the session on the server: its cookies are worthless afterwards", async ({
  page,
  context,
  portal,
}) => {
  const user = await portal.createUser();
  await signIn(page, user);
  const cookies = await context.cookies();
  await page.getByRole("banner").getByText(user.username).first().click();
  await page.getByRole("button", { name: "Sign out" }).click();
  const wayIn = page.getByRole("banner").getByRole("link", { name: "Sign in" });
  await expect(wayIn).toBeVisible();

  await context.clearCookies();
  await context.addCookies(cookies);
  await page.goto("/");
  await expect(wayIn).toBeVisible();
  await expect(page.getByText(user.username)).toHaveCount(0);
});

test("the cookies do work until then", async ({ page, context, portal }) => {
  const user = await portal.createUser();
  await signIn(page, user);
  const cookies = await context.cookies();
  await context.clearCookies();
  await context.addCookies(cookies);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: `Hello, ${user.username}` })).toBeVisible();
});

test("signing in again ends this browser's former session", async ({ page, context, portal }) => {
  const [user, other] = [await portal.createUser(), await portal.createUser()];
  const application = await portal.createApplication();
  await signIn(page, user);
  const before = await context.cookies();
  await page.goto(
    `/o/authorize/?${new URLSearchParams({ response_type: "code", client_id: application.clientId, redirect_uri: application.redirectUri, prompt: "login" })}`,
  );
  await signIn(page, other);
  await context.clearCookies();
  await context.addCookies(before);
  await page.goto("/");
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
});
