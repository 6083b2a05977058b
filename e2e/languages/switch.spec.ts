import type { Page } from "@playwright/test";
import { requestOf } from "../auth/authorization-requests";
import { expect, startSession, test } from "../support/playwright";

const language = (page: Page) => page.locator("html").getAttribute("lang");

async function choose(page: Page, name: string): Promise<void> {
  await page.locator("footer details summary").click();
  await page.getByRole("button", { name, exact: true }).click();
}

test("a choice lasts in this browser, and becomes the person's own when they are signed in", async ({
  page,
  portal,
  browser,
}) => {
  await page.goto("/login");
  await choose(page, "Deutsch");
  await expect(page.getByRole("heading", { name: "Bei Latchkey anmelden" })).toBeVisible();
  await page.goto("/");
  expect(await language(page)).toBe("de");

  const user = await portal.createUser();
  await startSession(page, user);
  await page.goto("/account/");
  await choose(page, "Français");
  await expect(page.getByRole("heading", { name: "Votre compte", level: 1 })).toBeVisible();
  expect(await portal.database.user.findUnique({ where: { id: user.id }, select: { locale: true } })).toEqual({
    locale: "fr",
  });
  const elsewhere = await browser.newPage({ locale: "pl" });
  await startSession(elsewhere, user);
  await elsewhere.goto("/account/");
  expect(await language(elsewhere)).toBe("fr");
  await elsewhere.close();
});

test("who has chosen de-AT keeps it when they choose German", async ({ page, portal }) => {
  const user = await portal.createUser();
  await portal.database.user.update({ where: { id: user.id }, data: { locale: "de-AT" }, select: { id: true } });
  await startSession(page, user);
  await page.goto("/?ui_locales=it");
  expect(await language(page)).toBe("it");
  await choose(page, "Deutsch");
  await expect(page).toHaveURL("/");
  expect(await language(page)).toBe("de");
  const { locale } = await portal.database.user.findUniqueOrThrow({ where: { id: user.id }, select: { locale: true } });
  expect(locale).toBe("de-AT");
});

test("OIDC Core §3.1.2.1: a request's ui_locales come first, until someone chooses against them", async ({
  page,
  portal,
}) => {
  const user = await portal.createUser();
  const application = await portal.createApplication();
  await page.goto(requestOf(application, { ui_locales: "de-CH fr" }));
  expect(await language(page)).toBe("de");
  await choose(page, "Italiano");
  await expect(page.getByRole("button", { name: "Accedi", exact: true })).toBeVisible();
  await page.locator("input[name=identifier]").fill(user.username);
  await page.locator("input[name=password]").fill(user.password);
  await page.getByRole("button", { name: "Accedi", exact: true }).click();
  await expect(page.getByRole("button", { name: "Autorizza", exact: true })).toBeVisible();
  expect(await language(page)).toBe("it");
});

test.describe("on a phone, without JavaScript", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

  test("the languages open within the window", async ({ page }) => {
    await page.goto("/login");
    await page.locator("footer details summary").click();
    const box = await page.getByRole("button", { name: "Deutsch", exact: true }).boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    await page.getByRole("button", { name: "Deutsch", exact: true }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
  });
});
