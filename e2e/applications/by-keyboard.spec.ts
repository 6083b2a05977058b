import type { Locator, Page } from "@playwright/test";
import { expect, startSession, test } from "../support/playwright";
import { noteSecret } from "../support/secrets-seen";
import { secretField } from "./steps";

/** More than any of these pages has to offer. */
const mostStops = 120;

/** Moves the focus with the Tab key alone, as far as it takes. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < mostStops; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The Tab key doesn't lead to ${target}.`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

const link = (page: Page, name: string | RegExp) => page.getByRole("link", { name }).first();
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("an application from its creation to its deletion by keyboard alone", async ({ page, portal }) => {
  test.slow();
  const name = "Northwind shop";
  await startSession(page, await portal.createUser({ administrator: true }));
  await page.goto("/o/applications/");
  await press(page, link(page, "Register an application"));
  await type(page, page.getByLabel("Name", { exact: true }), name);
  await press(page, button(page, "Register application"));
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  const secret = await secretField(page).inputValue();
  noteSecret(secret);

  const opened = page.context().waitForEvent("page");
  await press(page, link(page, "Test sign-in"));
  const tab = await opened;
  await type(tab, tab.getByLabel("Client secret"), secret);
  await press(tab, button(tab, "Start the test"));
  await press(tab, button(tab, "Authorize"));
  await expect(tab.getByText("Sign-in works")).toBeVisible();
  await tab.close();

  await press(page, link(page, "Credentials"));
  await press(page, link(page, "Roll First secret"));
  await press(page, button(page, "Roll secret"));
  await expect(secretField(page)).toBeVisible();
  const next = await secretField(page).inputValue();
  noteSecret(next);
  expect(next).not.toBe(secret);

  await press(page, link(page, /^Settings$/).and(page.locator("main a")));
  await press(page, link(page, "Disable application…"));
  await press(page, button(page, "Disable application"));
  await expect(page.getByRole("main").getByText("Disabled").first()).toBeVisible();

  await press(page, link(page, /^Settings$/).and(page.locator("main a")));
  await press(page, link(page, "Delete application…"));
  await type(page, page.getByRole("textbox", { name: "Type the name to confirm" }), name);
  await press(page, button(page, "Delete application"));
  await expect(page.getByRole("heading", { name: "Applications", level: 1 })).toBeVisible();
});
