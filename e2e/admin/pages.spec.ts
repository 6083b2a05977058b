import { expect, expectFitsEverywhere, startSession, test } from "../support/playwright";
import { createObjects, listRoutes, toAddress } from "../support/portal-routes";

/** WCAG 2.2 §1.4.10. */
const phone = { width: 320, height: 640 };

/** As wide as a window of 1280 px at 200 %. */
const enlarged = { width: 640, height: 360 };

/**
 * Every page below `/admin`, from the tree of routes: a new one is looked at without being named here. Those of
 * applications, APIs and scopes have tests of their own.
 */
for (const route of listRoutes("page.tsx").filter((name) => name.startsWith("/admin"))) {
  test(`${route} fits a phone of 320 px and a desktop at 200 %`, async ({ page, portal }) => {
    const administrator = await portal.createUser({ administrator: true });
    await startSession(page, administrator);
    const address = toAddress(route, await createObjects(portal, administrator));
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(200);
    await expect(page).toHaveURL(address);
    await expectFitsEverywhere(page, [phone]);
    await page.setViewportSize(enlarged);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
  });
}
