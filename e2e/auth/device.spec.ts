import type { Page } from "@playwright/test";
import { createTv, forgetGuesses, pollOf, type StartedDevice, startDevice } from "../support/device-client";
import { baseUrl } from "../support/environment";
import { expect, expectFitsEverywhere, goBack, signIn, test } from "../support/playwright";
import type { Portal, TestUser } from "../support/portal";
import { requestToken } from "../support/token-client";
import { expectSameLooks } from "./authorization-requests";

/** The flow of RFC 8628 §3.3: a device shows a code, a user enters it in a browser. */

async function openDevicePage(page: Page, portal: Portal, user: TestUser): Promise<void> {
  await forgetGuesses(portal, user);
  await page.goto("/o/device");
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Signed in, with the confirmation on the screen. */
async function openConfirmationPage(
  page: Page,
  portal: Portal,
  user: TestUser,
  { userCode }: StartedDevice,
): Promise<void> {
  await signIn(page, user);
  await openDevicePage(page, portal, user);
  await enterCode(page, userCode);
  await expect(page.getByRole("button", { name: "Authorize" })).toBeVisible();
}

test("enter the code, sign in, compare, allow, and the device is connected", async ({ page, portal }) => {
  const [owner, user] = [await portal.createUser(), await portal.createUser()];
  const application = await createTv(portal, { owner });
  const { deviceCode, userCode } = await startDevice(application);
  await openDevicePage(page, portal, user);
  await expect(page.getByLabel("Code")).toBeFocused();
  await enterCode(page, userCode.toLowerCase().replace("-", ""));
  await expect(page).toHaveURL(/\/login\?/);
  await signIn(page, user);

  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { level: 1 })).toHaveText(`Connect ${application.name} to your account?`);
  await expect(main.getByText(`Registered by ${owner.username}`)).toBeVisible();
  await expect(main.getByText("Continue only if your device shows this code")).toBeVisible();
  await expect(main.getByText(userCode, { exact: true })).toBeVisible();
  await expect(main.getByText(user.email)).toBeVisible();
  await expect(main.getByRole("listitem")).toHaveText([
    "See your information",
    "Add, change and delete your information",
  ]);
  await page.getByRole("button", { name: "Authorize" }).click();
  await expect(main.getByRole("heading", { level: 1 })).toHaveText(`${application.name} is connected`);
  await expect(main.getByText("You can go back to your device.")).toBeVisible();
  expect((await requestToken(pollOf(application, deviceCode))).status).toBe(200);

  await main.getByRole("link", { name: "See authorized applications" }).click();
  await expect(page.getByText(application.name)).toBeVisible();
});

test("an address with the code fills in the field and asks anyway; Cancel is final", async ({ page, portal }) => {
  const [user, application] = [await portal.createUser(), await createTv(portal)];
  const { deviceCode, userCode, body } = await startDevice(application);
  await signIn(page, user);
  await page.goto(String(body.verification_uri_complete));
  await expect(page.getByLabel("Code")).toHaveValue(userCode);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${application.name} was not connected`);
  expect((await requestToken(pollOf(application, deviceCode))).body.error).toBe("access_denied");
  await goBack(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No device is waiting");
  await page.getByRole("link", { name: "Enter the code again" }).click();
  await expect(page.getByLabel("Code")).toBeVisible();
});

test("a mistyped code is explained next to the field, and stays", async ({ page, portal }) => {
  await openDevicePage(page, portal, await portal.createUser());
  await enterCode(page, "WDJB-MJH");
  await expect(page.getByLabel("Code")).toHaveValue("WDJB-MJH");
  await expect(page.getByLabel("Code")).toHaveAccessibleDescription(/This code isn’t valid/);
  await page.goto("/o/device?user_code=BBBB-BBBB");
  await expect(page.getByText("This code isn’t valid")).toHaveCount(0);
});

test("Use another account lets another user enter the same code", async ({ page, portal }) => {
  const [user, other, application] = [await portal.createUser(), await portal.createUser(), await createTv(portal)];
  const device = await startDevice(application);
  await openConfirmationPage(page, portal, user, device);
  const question = page.url();
  await page.getByRole("button", { name: "Use another account" }).click();
  await expect(page).toHaveURL(/\/login\?/);
  await signIn(page, other);
  await expect(page.getByLabel("Code")).toHaveValue(device.userCode);
  // The first user's confirmation belongs to them alone.
  expect((await page.goto(question))?.status()).toBe(404);
  await goBack(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText(other.email)).toBeVisible();
  await page.getByRole("button", { name: "Authorize" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${application.name} is connected`);
});

test("another browser of the same user can't see the confirmation", async ({ page, browser, portal }) => {
  const [user, application] = [await portal.createUser(), await createTv(portal)];
  await openConfirmationPage(page, portal, user, await startDevice(application));
  const elsewhere = await browser.newContext({ baseURL: baseUrl });
  const otherPage = await elsewhere.newPage();
  await signIn(otherPage, user);
  expect((await otherPage.goto(page.url()))?.status()).toBe(404);
  await expect(otherPage.getByText(application.name)).toHaveCount(0);
  await elsewhere.close();
});

test("both answers look the same", async ({ page, portal }) => {
  const [user, application] = [await portal.createUser(), await createTv(portal)];
  await openConfirmationPage(page, portal, user, await startDevice(application));
  await expectSameLooks(page, ["Cancel", "Authorize"]);
});

const screens: Record<string, (page: Page, portal: Portal) => Promise<unknown>> = {
  "the page for the code": async (page, portal) => openDevicePage(page, portal, await portal.createUser()),
  "the page for the code after a wrong one": async (page, portal) => {
    await openDevicePage(page, portal, await portal.createUser());
    await enterCode(page, "wrong");
    await expect(page.getByText("This code isn’t valid")).toBeVisible();
  },
  "the question": async (page, portal) => {
    const application = await createTv(portal, { name: `Living room ${"W".repeat(60)}` });
    await openConfirmationPage(
      page,
      portal,
      await portal.createUser({ nameLength: 60 }),
      await startDevice(application),
    );
  },
  "the end": async (page, portal) => {
    await openConfirmationPage(page, portal, await portal.createUser(), await startDevice(await createTv(portal)));
    await page.getByRole("button", { name: "Authorize" }).click();
    await expect(page.getByText("You can go back to your device")).toBeVisible();
  },
  "a question that is gone": async (page, portal) => {
    await signIn(page, await portal.createUser());
    await page.goto("/o/device/confirm");
  },
};

for (const [name, open] of Object.entries(screens)) {
  test(`${name}, in both themes, from desktop to phone`, async ({ page, portal }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open(page, portal);
    await expectFitsEverywhere(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the whole way from the code to the end", async ({ page, portal }) => {
    const [user, application] = [await portal.createUser(), await createTv(portal)];
    const { deviceCode, userCode } = await startDevice(application);
    await openDevicePage(page, portal, user);
    await enterCode(page, userCode);
    await expect(page).toHaveURL(/\/login\?/);
    await signIn(page, user);
    await page.getByRole("button", { name: "Authorize" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${application.name} is connected`);
    expect((await requestToken(pollOf(application, deviceCode))).status).toBe(200);
  });
});
