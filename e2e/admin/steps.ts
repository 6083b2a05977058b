import type { Page } from "@playwright/test";
import { expect, expectAccessible, startSession } from "../support/playwright";
import type { Portal } from "../support/portal";

export async function signInAdministrator(page: Page, portal: Portal): Promise<void> {
  await startSession(page, await portal.createUser({ administrator: true }));
}

/**
 * What a phone shows is as wide as the phone, and neither there nor at a desk a machine finds anything to object to.
 */
export async function expectFits(page: Page): Promise<void> {
  await expectAccessible(page);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await expectAccessible(page);
  if (size) await page.setViewportSize(size);
}
