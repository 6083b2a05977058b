import type { Page } from "@playwright/test";
import { expect, expectAccessible, startSession, test } from "../support/playwright";
import type { Portal, TestUser } from "../support/portal";

const kept = /You were signed out before this was saved/;

async function endSessions(portal: Portal, user: TestUser): Promise<void> {
  await portal.database.session.updateMany({ where: { userId: user.id }, data: { endedAt: new Date() } });
}

async function signInAgain(page: Page, user: TestUser): Promise<void> {
  await expect(page.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
  await page.locator("[name=identifier]").fill(user.username);
  await page.getByLabel("Password", { exact: true }).fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a profile typed while the session ended is there after the next sign-in", async ({ page, portal }) => {
      const user = await portal.createUser();
      await startSession(page, user);
      await page.goto("/account/profile/");
      await page.getByLabel("Full name").fill("Zoë Example");
      await page.getByLabel("City").fill("London");
      await endSessions(portal, user);
      await page.getByRole("button", { name: "Save profile" }).click();
      await signInAgain(page, user);
      await expect(page).toHaveURL(/\/account\/profile\/$/);
      await expect(page.getByText(kept)).toBeVisible();
      await expect(page.getByLabel("Full name")).toHaveValue("Zoë Example");
      await expect(page.getByLabel("City")).toHaveValue("London");
      await page.getByRole("button", { name: "Save profile" }).click();
      await expect(page.getByText("Your profile was saved")).toBeVisible();
      await page.goto("/account/profile/");
      await expect(page.getByLabel("City")).toHaveValue("London");
      await expect(page.getByText(kept)).toBeHidden();
    });

    test("so is a section of an application's settings", async ({ page, portal }) => {
      const user = await portal.createUser();
      const { id } = await portal.createApplication({ owner: user });
      await startSession(page, user);
      await page.goto(`/o/applications/${id}/settings/`);
      const name = page.getByLabel("Name", { exact: true });
      await name.fill("Renamed in between");
      await endSessions(portal, user);
      await page.locator("#general").getByRole("button", { name: "Save changes" }).click();
      await signInAgain(page, user);
      await expect(page.getByText(kept)).toHaveCount(1);
      await expect(name).toHaveValue("Renamed in between");
      if (javaScriptEnabled) await expectAccessible(page);
      await page.locator("#general").getByRole("button", { name: "Save changes" }).click();
      await expect(page.getByRole("heading", { name: "Renamed in between", level: 1 })).toBeVisible();
      await expect(page.getByText(kept)).toBeHidden();
    });
  });
}
