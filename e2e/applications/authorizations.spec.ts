import { BrowserClient } from "../support/browser-client";
import { expect, expectAccessible, startSession, test } from "../support/playwright";
import type { TestApplication, TestUser } from "../support/portal";
import { getResource, obtainTokens, refreshOf, requestToken, type TokenAnswer } from "../support/token-client";

/** In another browser than the test's. */
async function obtainTokensFor(user: TestUser, application: TestApplication): Promise<TokenAnswer> {
  const browser = new BrowserClient();
  await browser.signIn(user);
  return obtainTokens(browser, application);
}

test("what a user allowed is listed, and revoked with its tokens", async ({ page, portal }) => {
  const user = await portal.createUser();
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  await startSession(page, user);
  await page.goto("/o/authorized_tokens");
  await expect(page.getByText("No authorized applications yet")).toBeVisible();
  await expectAccessible(page);

  const { accessToken, refreshToken } = await obtainTokensFor(user, application);
  expect((await getResource(accessToken)).status).toBe(200);
  await page.goto("/o/authorized_tokens/");
  const item = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: application.name }) });
  await expect(item).toContainText(`Registered by ${owner.username}`);
  await expect(item).toContainText("See your information");
  await expect(item).toContainText("Add, change and delete your information");
  await expect(item).toContainText(/Authorized just now · (last used just now|not used yet)/);
  await expectAccessible(page);

  await page.getByRole("link", { name: `Revoke ${application.name}` }).click();
  await expect(page.getByRole("heading", { name: `Revoke access for ${application.name}?` })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Cancel" }).click();
  expect((await getResource(accessToken)).status).toBe(200);
  await page.getByRole("link", { name: `Revoke ${application.name}` }).click();
  await page.getByRole("button", { name: "Revoke" }).click();

  await expect(page).toHaveURL(/\/o\/authorized_tokens\/$/);
  await expect(page.getByText("No authorized applications yet")).toBeVisible();
  expect((await getResource(accessToken)).status).toBe(401);
  expect((await requestToken(refreshOf(application, refreshToken))).body.error).toBe("invalid_grant");
});

test("users see and revoke only their own authorizations", async ({ page, portal }) => {
  const user = await portal.createUser();
  const application = await portal.createApplication();
  const { accessToken } = await obtainTokensFor(user, application);
  await startSession(page, await portal.createUser());
  await page.goto("/o/authorized_tokens/");
  await expect(page.getByText("No authorized applications yet")).toBeVisible();
  const response = await page.goto(`/o/authorized_tokens/${application.id}/delete/`);
  expect(response?.status()).toBe(404);
  expect((await getResource(accessToken)).status).toBe(200);
});
