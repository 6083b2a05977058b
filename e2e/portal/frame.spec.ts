import type { Page } from "@playwright/test";
import { expect, expectFitsEverywhere, startSession, test } from "../support/playwright";
import type { Portal } from "../support/portal";

const phone = { width: 320, height: 720 };
const desk = { width: 1280, height: 720 };

const navigation = (page: Page) => page.getByRole("navigation", { name: "Main" });
const openButton = (page: Page) => page.getByRole("button", { name: "Menu", exact: true });

async function openAsAdministrator(page: Page, portal: Portal, path = "/admin/"): Promise<void> {
  await startSession(page, await portal.createUser({ administrator: true }));
  await page.goto(path);
}

test("administrators have every page of administration in the side navigation", async ({ page, portal }) => {
  await openAsAdministrator(page, portal);
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await expect(navigation(page).getByRole("link", { name: "Overview" })).toHaveAttribute("aria-current", "page");
  const links = await navigation(page).getByRole("link").all();
  expect(links.length).toBeGreaterThan(4);
  const pages = await Promise.all(
    links.map(async (link) => ({ name: await link.textContent(), path: (await link.getAttribute("href")) ?? "" })),
  );
  for (const { name, path } of pages) {
    expect((await page.goto(path))?.status(), path).toBe(200);
    await expect(navigation(page).getByRole("link", { name: name ?? "", exact: true })).toHaveAttribute(
      "aria-current",
      "page",
    );
    await expect(navigation(page).locator("[aria-current]")).toHaveCount(1);
  }
});

test("users have no side navigation, and the overview is no page for them", async ({ page, portal }) => {
  await page.goto("/admin/");
  await expect(page).toHaveURL(/\/login\?next=%2Fadmin%2F$/);
  await startSession(page, await portal.createUser());
  expect((await page.goto("/admin/"))?.status()).toBe(404);
  await page.goto("/");
  await expect(page.locator("#side-nav")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Overview" })).toHaveCount(0);
});

test("the checklist is there until someone dismisses it, for everyone", async ({ page, portal }) => {
  await portal.database.dismissedNotice.deleteMany();
  await openAsAdministrator(page, portal);
  const checklist = page.getByRole("region", { name: "Set up this server" });
  await expect(checklist.getByRole("listitem").filter({ hasText: "public URL" })).toContainText("To do:");
  await checklist.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await expect(checklist).toHaveCount(0);
  await page.reload();
  await expect(checklist).toHaveCount(0);
  await portal.database.dismissedNotice.deleteMany();
});

test("users start with the applications that they may open, and their account", async ({ page, portal }) => {
  const [user, manager] = await Promise.all([
    portal.createUser(),
    portal.createUser({ portalRole: "application_manager" }),
  ]);
  const { name } = await portal.createApplication({ owner: manager, launchUrl: "https://app.example.test/start" });
  const unvouched = await portal.createApplication({
    owner: await portal.createUser(),
    launchUrl: "https://elsewhere.example.test/",
  });
  await startSession(page, user);
  await page.goto("/");
  await expect(page.getByRole("link", { name })).toHaveAttribute("href", "https://app.example.test/start");
  await expect(page.getByText(unvouched.name)).toHaveCount(0);
  const main = page.getByRole("main");
  for (const technical of ["npm run", "/o/token", "first application"]) {
    await expect(main.getByText(technical)).toHaveCount(0);
  }
  await main.getByRole("link", { name: /^Your account/ }).click();
  await expect(page).toHaveURL("/account/");
});

test("on a phone the navigation is a drawer, usable by keyboard alone", async ({ page, portal }) => {
  await page.setViewportSize(phone);
  await openAsAdministrator(page, portal, "/o/signing-keys/");
  await expect(navigation(page)).toBeHidden();
  await openButton(page).focus();
  await page.keyboard.press("Enter");
  await expect(navigation(page)).toBeVisible();
  await expect(navigation(page).getByRole("link", { name: "Signing keys" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(navigation(page)).toBeHidden();
  await expect(openButton(page)).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(navigation(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(navigation(page), "focus has left it").toBeHidden();

  await openButton(page).click();
  await page.getByRole("button", { name: "Close menu" }).click();
  await expect(navigation(page)).toBeHidden();

  await openButton(page).click();
  await navigation(page).getByRole("link", { name: "APIs and scopes" }).press("Enter");
  await expect(page.getByRole("heading", { name: "APIs", level: 1 })).toBeVisible();
  await expect(navigation(page)).toBeHidden();
});

test("the open drawer fits and is accessible", async ({ page, portal }) => {
  await page.setViewportSize(phone);
  await openAsAdministrator(page, portal);
  await openButton(page).click();
  await expect(navigation(page)).toBeVisible();
  await expectFitsEverywhere(page, [phone]);
});

test("the frame fits and is accessible, on phones and desktops, in both themes", async ({ page, portal }) => {
  await openAsAdministrator(page, portal);
  await expectFitsEverywhere(page, [phone, { width: 390, height: 844 }, { width: 820, height: 1180 }, desk]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the drawer opens, closes and leads on", async ({ page, portal }) => {
    await page.setViewportSize(phone);
    await openAsAdministrator(page, portal);
    await openButton(page).click();
    await expect(navigation(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(navigation(page)).toBeHidden();
    await openButton(page).press("Enter");
    await navigation(page).getByRole("link", { name: "Signing keys" }).click();
    await expect(page.getByRole("heading", { name: "Signing keys", level: 1 })).toBeVisible();
    await expect(navigation(page)).toBeHidden();
  });
});
