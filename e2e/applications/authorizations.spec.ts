import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { BrowserClient } from "../support/browser-client";
import { expect, expectAccessible, expectFitsEverywhere, startSession, test } from "../support/playwright";
import type { Portal, TestApplication, TestUser } from "../support/portal";
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
  await expect(item.getByText("See your information")).toBeHidden();
  await item.getByRole("heading").click();
  await expect(item.getByText("See your information")).toBeVisible();
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

/** 52 applications that the user has authorized, the first one last. Returns a word that all their names contain. */
async function authorizeMany(portal: Portal, user: TestUser): Promise<string> {
  const word = randomAlphanumeric(8);
  const data = Array.from({ length: 52 }, (_, index) => ({
    clientId: `${word}-${index}`,
    name: `${index === 7 ? "Payroll" : "Program"} ${String(index).padStart(2, "0")} ${word}`,
    clientType: "public" as const,
    grantTypes: [],
  }));
  const created = await portal.database.application.createManyAndReturn({ data, select: { id: true } });
  const start = Date.now() - 86_400_000;
  await portal.database.consent.createMany({
    data: created.map(({ id: applicationId }, index) => {
      const at = new Date(start + index * 60_000);
      return { userId: user.id, applicationId, scopes: ["read"], createdAt: at, updatedAt: at };
    }),
  });
  return word;
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`a long list is a line for each application, searched, sorted and has pages, ${how} JavaScript`, async ({
    browser,
    portal,
  }) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const user = await portal.createUser();
    const word = await authorizeMany(portal, user);
    await startSession(page, user);
    await page.goto("/o/authorized_tokens/");
    const items = page.getByRole("list", { name: "Authorized applications" }).getByRole("listitem");
    await expect(items.first()).toContainText(`Program 51 ${word}`);
    await expect(page.getByText("1–50 of 52")).toBeVisible();
    const heights = await items.evaluateAll((all) => all.map((item) => item.getBoundingClientRect().height));
    expect(Math.max(...heights)).toBeLessThanOrEqual(48);
    if (javaScriptEnabled)
      await expectFitsEverywhere(
        page,
        [390, 1280].map((width) => ({ width, height: 844 })),
      );
    await page.getByRole("link", { name: "Next" }).click();
    await expect(items).toHaveCount(2);
    await page.getByLabel("Sort by").selectOption("Name");
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Apply" }).click();
    await expect(items.first()).toContainText("Payroll 07");
    await page.getByRole("searchbox").fill("ayrol");
    await page.keyboard.press("Enter");
    await expect(items).toHaveCount(1);
    await items.getByRole("heading").click();
    await expect(items.getByText("See your information")).toBeVisible();
    await page.getByRole("searchbox").fill(`nothing ${word}`);
    await page.keyboard.press("Enter");
    await expect(page.getByText("No matches")).toBeVisible();
    await portal.database.application.deleteMany({ where: { clientId: { startsWith: word } } });
    await context.close();
  });
}
