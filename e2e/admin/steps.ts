import type { Page } from "@playwright/test";
import { expect, expectAccessible, startSession } from "../support/playwright";
import type { Portal } from "../support/portal";

export async function signInAdministrator(page: Page, portal: Portal): Promise<void> {
  await startSession(page, await portal.createUser({ administrator: true }));
}

/** The page is as wide as the window on a phone, and axe finds nothing there or on a desktop. */
export async function expectFits(page: Page): Promise<void> {
  await expectAccessible(page);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await expectAccessible(page);
  if (size) await page.setViewportSize(size);
}
