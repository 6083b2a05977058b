import { expect, startSession, test } from "../support/playwright";

test("an error of one line moves nothing below it", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  await page.goto("/account/profile/");
  const readTop = (label: string) =>
    page.getByLabel(label).evaluate((field) => field.getBoundingClientRect().top + scrollY);
  const before = [await readTop("Profile page"), await readTop("Street")];
  await page.getByLabel("Picture").fill("nope");
  await page.getByLabel("Phone number").fill("x");
  await page.getByLabel("Street").focus();
  await expect(page.locator("#picture_url-error")).toBeVisible();
  await expect(page.locator("#phone_number-error")).toBeVisible();
  expect([await readTop("Profile page"), await readTop("Street")]).toEqual(before);
});
