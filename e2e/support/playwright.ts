import { test as base, expect, type Page } from "@playwright/test";
import { findViolations } from "./axe";
import { baseUrl } from "./environment";
import { Portal, type TestUser } from "./portal";
import { openSession } from "./sessions";

export { expect };

/** Each test creates its own data through `portal` and leaves none. */
export const test = base.extend<{ portal: Portal }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs.
  portal: async ({}, use) => {
    const portal = new Portal();
    await use(portal);
    await portal.cleanUp();
  },
});

/** Fills in the login form on the current page, or else at /login. */
export async function signIn(page: Page, user: Pick<TestUser, "username" | "password">): Promise<void> {
  if (!/\/login(\?|$)/.test(page.url())) await page.goto("/login");
  await page.getByLabel(/username or e-?mail/i).fill(user.username);
  await page.getByLabel("Password", { exact: true }).fill(user.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).not.toHaveURL(/\/login(\?|$)/);
}

/** Gives the page's browser a session of the user, without the sign-in page, which has its own tests. */
export async function startSession(page: Page, user: TestUser): Promise<void> {
  const { jar } = await openSession(user);
  const cookies = [...jar].map(([name, { value, path }]) => ({
    name,
    value,
    path,
    domain: new URL(baseUrl).hostname,
  }));
  await page.context().addCookies(cookies);
}

/** The page's HTML. While the page is being replaced there is none, so it is read again until there is. */
export async function readHtml(page: Page): Promise<string> {
  let html = "";
  await expect(async () => {
    html = await page.content();
  }).toPass();
  return html;
}

/**
 * Goes back to a page that has to be loaded again. Playwright's own method accepts any changed history entry, such as
 * one that a page replaces while it hydrates, so that the next read could still see the former page.
 */
export async function goBack(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await Promise.all([page.waitForEvent("load"), page.goBack()]);
}

/** WCAG 2.2 AA, the part that can be checked automatically. */
export async function expectAccessible(page: Page): Promise<void> {
  await settle(page);
  expect(await findViolations(page)).toEqual([]);
}

const desk = { width: 1280, height: 720 };
const phone = { width: 390, height: 844 };

/**
 * In both themes, on a desktop and on a phone, nothing is wider than the window and axe finds nothing. The page is
 * loaded once; it ends up light and at desktop size.
 */
export async function expectFitsEverywhere(page: Page, sizes = [phone, desk]): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      // A busy browser may still be laying it out for the former size.
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await expect.poll(overflow).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    }
  }
}

/** Waits until nothing on the page changes its size, position or color anymore. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  // After a client-side navigation, the title may follow the content.
  await expect(page).toHaveTitle(/\S/);
  // axe considers something scrolled halfway under the sticky bar too small to hit.
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await page.waitForFunction(
    () =>
      document.fonts.status === "loaded" &&
      document
        .getAnimations()
        .every(({ playState, effect }) => playState !== "running" || effect?.getComputedTiming().endTime === Infinity),
  );
}
