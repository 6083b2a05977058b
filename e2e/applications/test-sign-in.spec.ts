import { expect, expectFitsEverywhere, startSession, test } from "../support/playwright";
import { applicationPath } from "./steps";

const authorizeButton = { name: "Authorize", exact: true } as const;

test("a public client: one press on its overview leads through consent to the result, in a new tab", async ({
  page,
  portal,
}) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner, clientType: "public" });
  await startSession(page, owner);
  await page.goto(applicationPath(application));
  const opened = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Test sign-in" }).click();
  const tab = await opened;
  await tab.getByRole("button", authorizeButton).click();
  await expect(tab.getByText("Sign-in works")).toBeVisible();
  await expect(tab).toHaveURL(/\/o\/applications\/test-sign-in\/[\w-]{43}\/result\/$/);
  await expect(tab.getByText("Given in this test, and remembered")).toBeVisible();
  const claims = tab.getByRole("region", { name: "ID token" });
  await expect(claims.getByText("Passed")).toHaveCount(7);
  await expect(claims).toContainText(owner.id);
  await expect(tab.getByRole("region", { name: "Userinfo" })).toContainText("sub is that of the ID token");
  // It is the same page when it is read again, and no token has stayed valid.
  await tab.reload();
  await expect(tab.getByText("Sign-in works")).toBeVisible();
  expect(await tab.evaluate(() => window.opener)).toBeNull();
  await expect(page).toHaveURL(applicationPath(application));
  await expectFitsEverywhere(tab);
});

test("a confidential client: the secret is entered first, and a wrong one is told apart", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  await startSession(page, owner);
  await page.goto(applicationPath(application));
  const opened = page.context().waitForEvent("page");
  await page.getByRole("link", { name: "Test sign-in" }).click();
  const tab = await opened;
  await tab.getByText("More options").click();
  await expectFitsEverywhere(tab);
  await tab.getByLabel("Client secret").fill("a secret of another application");
  await tab.getByLabel("Response mode").selectOption("form_post");
  await tab.getByRole("button", { name: "Start the test" }).click();
  await tab.getByRole("button", authorizeButton).click();
  // Next.js has an empty one of its own, for the name of the next page.
  const alert = tab.getByRole("alert").filter({ hasText: "The token endpoint refused the code" });
  await expect(alert).toContainText("invalid_client");
  await expect(alert).toContainText("wrong secret");
  await expectFitsEverywhere(tab);

  await tab.getByRole("link", { name: "Test again" }).click();
  await expect(tab.getByLabel("Client secret")).toHaveValue("");
  await tab.getByLabel("Client secret").fill(application.clientSecret);
  await tab.getByRole("button", { name: "Start the test" }).click();
  // Consent was given in the first test.
  await expect(tab.getByText("Sign-in works")).toBeVisible();
  await expect(tab.getByText("Given earlier")).toBeVisible();
});

test("without JavaScript, with a new sign-in and in German", async ({ browser, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner, clientType: "public" });
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "de" });
  const page = await context.newPage();
  await startSession(page, owner);
  await page.goto(applicationPath(application, "test-sign-in/"));
  await page.getByText("Weitere Optionen").click();
  await page.getByLabel("Prompt").selectOption("login");
  await page.getByRole("button", { name: "Test starten" }).click();
  await page.getByLabel("Passwort", { exact: true }).fill(owner.password);
  await page.locator("form[action*='/login/submit'] button[type=submit]").click();
  await page.locator("button[value=allow]").click();
  await expect(page.getByText("Die Anmeldung funktioniert")).toBeVisible();
  await context.close();
});

test("an application without a sign-in says why there is no test", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const machine = await portal.createMachine({ owner });
  await startSession(page, owner);
  await page.goto(applicationPath(machine));
  await expect(page.getByText("This application doesn’t sign users in through the browser")).toBeVisible();
  await expect(page.getByRole("button", { name: "Test sign-in" })).toHaveCount(0);
  await page.goto(applicationPath(machine, "test-sign-in/"));
  await expect(page.getByRole("button", { name: "Start the test" })).toHaveCount(0);
});
