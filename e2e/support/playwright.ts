import { test as base, expect, type Page } from "@playwright/test";
import { findViolations } from "./axe";
import { baseUrl } from "./environment";
import { Portal, type TestUser } from "./portal";
import { openSession } from "./sessions";

export { expect };

/** Each test makes its own data through `portal` and leaves none. */
export const test = base.extend<{ portal: Portal }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs.
  portal: async ({}, use) => {
    const portal = new Portal();
    await use(portal);
    await portal.cleanUp();
  },
});

/** Fills in the login form where the browser stands, or at /login when it stands elsewhere. */
export async function signIn(page: Page, user: Pick<TestUser, "username" | "password">): Promise<void> {
  if (!/\/login(\?|$)/.test(page.url())) await page.goto("/login");
  await page.getByLabel(/username or e-?mail/i).fill(user.username);
  await page.getByLabel("Password", { exact: true }).fill(user.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).not.toHaveURL(/\/login(\?|$)/);
}

/** Gives the page's browser a session of the user, without the sign-in page: that is for its own tests. */
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

/** The page's HTML. While the page is being replaced there is none to read, so it is read again until there is. */
export async function readHtml(page: Page): Promise<string> {
  let html = "";
  await expect(async () => {
    html = await page.content();
  }).toPass();
  return html;
}

/**
 * Goes back to a page that is to be loaded anew. Playwright's own way back is content with any entry that changes in
 * the history, such as the one that a page replaces while it hydrates: what is read next may be the page one wanted to
 * leave.
 */
export async function goBack(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await Promise.all([page.waitForEvent("load"), page.goBack()]);
}

/** WCAG 2.2 AA, as far as a machine can tell. */
export async function expectAccessible(page: Page): Promise<void> {
  await settle(page);
  expect(await findViolations(page)).toEqual([]);
}

const desk = { width: 1280, height: 720 };
const phone = { width: 390, height: 844 };

/**
 * In both themes, at a desk and on a phone, nothing is wider than the window and a machine finds nothing to object to.
 * The page is loaded once; it stays light and at the desk.
 */
export async function expectFitsEverywhere(page: Page, sizes = [phone, desk]): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    }
  }
}

/** Waits until nothing on the page changes its size, its place or its colour by itself any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  // The title of a page that another one turns into may come after its content.
  await expect(page).toHaveTitle(/\S/);
  // Of what is scrolled halfway under the bar that stays on top, a machine says that it is too small to hit.
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await page.waitForFunction(
    () =>
      document.fonts.status === "loaded" &&
      document
        .getAnimations()
        .every(({ playState, effect }) => playState !== "running" || effect?.getComputedTiming().endTime === Infinity),
  );
}
