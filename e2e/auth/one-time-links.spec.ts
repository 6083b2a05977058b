import type { Browser, Page } from "@playwright/test";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { createResetLink, invite } from "../support/one-time-links";
import { expect, expectFitsEverywhere, signIn, test } from "../support/playwright";
import { noteSecret } from "../support/secrets-seen";

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

function newPassword(): string {
  const password = randomAlphanumeric(20);
  noteSecret(password);
  return password;
}

async function openPage(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  return (await browser.newContext({ javaScriptEnabled })).newPage();
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : ", without JavaScript";

  test(`the invited choose a name and a password, and are signed in${how}`, async ({ browser, portal }) => {
    const page = await openPage(browser, javaScriptEnabled);
    const { path, email } = await invite(portal);
    const [username, password] = [`invited-${randomAlphanumeric(8).toLowerCase()}`, newPassword()];
    await page.goto(path);
    await expect(heading(page, "Create your account")).toBeVisible();
    await expect(field(page, "E-mail address")).toHaveValue(email);
    await expect(field(page, "Password")).toHaveAttribute("autocomplete", "new-password");
    await expect(field(page, "Password")).toHaveAccessibleDescription("Use 8–128 characters.");
    if (javaScriptEnabled) await expectFitsEverywhere(page);

    await field(page, "Username").fill(username);
    await field(page, "Password").fill(password);
    await field(page, "Password (again)").fill("another one");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(field(page, "Password (again)")).toHaveAccessibleDescription("The two passwords are not the same.");
    await expect(field(page, "Username")).toHaveValue(username);
    await field(page, "Password").fill(password);
    await field(page, "Password (again)").fill(password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page).toHaveURL("/");
    await portal.adoptUser(username);
    await expect(heading(page, `Hello, ${username}`)).toBeVisible();

    await page.goto(path);
    await expect(heading(page, "This invitation isn’t valid")).toBeVisible();
    if (javaScriptEnabled) await expectFitsEverywhere(page);
    await page.context().close();
  });

  test(`a password is reset by a link${how}`, async ({ browser, portal }) => {
    const page = await openPage(browser, javaScriptEnabled);
    const user = await portal.createUser();
    const path = await createResetLink(portal, user);
    const password = newPassword();
    await page.goto(path);
    await expect(heading(page, "Choose a new password")).toBeVisible();
    await expect(field(page, "Username")).toHaveValue(user.username);
    await expect(field(page, "New password")).toBeFocused();
    if (javaScriptEnabled) await expectFitsEverywhere(page);

    await field(page, "New password").fill("short");
    await field(page, "New password (again)").fill("short");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(field(page, "New password")).toHaveAccessibleDescription(/at least 8 characters/);
    await field(page, "New password").fill(password);
    await field(page, "New password (again)").fill(password);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(heading(page, "Password changed")).toBeVisible();
    if (javaScriptEnabled) await expectFitsEverywhere(page);
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await signIn(page, { username: user.username, password });
    await expect(heading(page, `Hello, ${user.username}`)).toBeVisible();

    await page.goto(path);
    await expect(heading(page, "This link isn’t valid")).toBeVisible();
    await page.context().close();
  });
}

test("whoever is signed in is warned, and who has an account by now is told so", async ({ page, portal }) => {
  const user = await portal.createUser();
  const { path, email } = await invite(portal);
  await signIn(page, user);
  await page.goto(path);
  await expect(page.getByText("Creating this account signs you out at this browser.")).toBeVisible();
  await expectFitsEverywhere(page);
  await portal.database.user.update({ where: { id: user.id }, data: { email, emailKey: email } });
  await page.reload();
  await expect(heading(page, "You already have an account")).toBeVisible();
  await expectFitsEverywhere(page);
});
