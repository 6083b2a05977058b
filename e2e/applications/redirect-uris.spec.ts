import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectFitsEverywhere, startSession, test } from "../support/playwright";
import type { Portal } from "../support/portal";
import { addressRow, addressRows, applicationPath, fillAddresses, findSaved } from "./steps";

const save = { name: "Save changes" };

async function openRows(page: Page, portal: Portal, redirectUris: string[]) {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner, redirectUris });
  await startSession(page, owner);
  await page.goto(applicationPath(application, "sign-in/"));
  const section = page.getByRole("region", { name: "Redirect URIs" });
  const listSaved = async () => {
    const { redirectUris } = await findSaved(portal, application.clientId);
    return redirectUris.toSorted((one, other) => one.position - other.position).map(({ uri }) => uri);
  };
  const values = () => addressRows(section).evaluateAll((rows) => rows.map((row) => (row as HTMLInputElement).value));
  return { section, application, listSaved, values };
}

const [one, two, three] = ["https://a.example.com/cb", "https://b.example.com/cb", "https://c.example.com/cb"];

test("several addresses that are pasted become rows, and keep their order", async ({ page, portal, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { section, listSaved } = await openRows(page, portal, [one]);
  await section.getByRole("button", { name: "Add row" }).click();
  await expect(addressRow(section, 2)).toBeFocused();
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${two}\n\n  ${three}\n`);
  await page.keyboard.press("ControlOrMeta+V");
  await expect(addressRow(section, 2)).toHaveValue(two);
  await expect(addressRow(section, 3)).toHaveValue(three);
  await expect(addressRow(section, 3)).toBeFocused();
  await section.getByRole("button", save).click();
  await expect(section.getByText("Saved", { exact: true })).toBeVisible();
  expect(await listSaved()).toEqual([one, two, three]);
});

test("by keyboard: rows are moved, removed and brought back, and changes can be discarded", async ({
  page,
  portal,
}) => {
  const { section, listSaved, values } = await openRows(page, portal, [one, two, three]);
  const up = section.getByRole("button", { name: "Move row 3 up" });
  await up.focus();
  await page.keyboard.press("Enter");
  expect(await values()).toEqual([one, three, two]);
  await expect(section.getByRole("button", { name: "Move row 2 up" })).toBeFocused();
  await expect(section.getByText("Unsaved changes", { exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  expect(await values()).toEqual([three, one, two]);
  await expect(section.getByRole("button", { name: "Move row 1 up" })).toHaveAttribute("aria-disabled", "true");
  await section.getByRole("button", { name: "Remove row 2" }).focus();
  await page.keyboard.press("Enter");
  await expect(addressRow(section, 2)).toBeDisabled();
  await expect(section.getByRole("button", { name: "Undo" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(addressRow(section, 2)).toBeEnabled();
  await expect(addressRow(section, 2)).toBeFocused();
  await section.getByRole("button", { name: "Discard" }).click();
  expect(await values()).toEqual([one, two, three]);
  await expect(section.getByText("Unsaved changes", { exact: true })).toHaveCount(0);
  await section.getByRole("button", { name: "Remove row 1" }).click();
  await section.getByRole("button", { name: "Move row 3 up" }).click();
  await addressRow(section, 1).press("Tab");
  await section.getByRole("button", save).click();
  await expect(section.getByText("Saved", { exact: true })).toBeVisible();
  expect(await listSaved()).toEqual([three, two]);
});

test("what is wrong is said beside its row, and so is what looks like another one", async ({ page, portal }) => {
  const { section } = await openRows(page, portal, [one, two]);
  await section.getByRole("button", { name: "Add row" }).click();
  const [second, third] = [addressRow(section, 2), addressRow(section, 3)];
  await third.fill("http://c.example.com/cb");
  await expect(third).toHaveAccessibleDescription(/Plain http is only allowed/);
  await expect(third).toHaveAttribute("aria-invalid", "true");
  await expect(second).not.toHaveAttribute("aria-invalid");
  await third.fill(one);
  await expect(third).toHaveAccessibleDescription("The same as row 1.");
  await expect(third).not.toHaveAttribute("aria-invalid");
  await third.fill(`${two}/`);
  await expect(third).toHaveAccessibleDescription(/Differs from row 2 only in the slash at the end/);
  await second.fill("http://127.0.0.1:3000/cb");
  await third.fill("http://localhost:3000/cb");
  await expect(third).toHaveAccessibleDescription(/Differs from row 2 only in localhost and 127\.0\.0\.1/);
  await expectFitsEverywhere(page);
});

test("hundreds of addresses are folded, work, and shift nothing", async ({ page, portal }) => {
  const many = Array.from({ length: 500 }, (_, index) => `https://tenant-${index + 1}.example.com/callback`);
  const { section, listSaved } = await openRows(page, portal, many);
  await expect(addressRow(section, 10)).toBeVisible();
  await expect(addressRow(section, 11)).toBeHidden();
  await section.getByRole("checkbox", { name: "Show all 500 rows" }).check();
  await addressRow(section, 500).fill("https://last.example.com/callback");
  await section.getByRole("button", save).click();
  await expect(section.getByText("Saved", { exact: true })).toBeVisible({ timeout: 30_000 });
  expect(await listSaved()).toEqual([...many.slice(0, 499), "https://last.example.com/callback"]);
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.reload();
  await section.getByRole("button", { name: "Add row" }).focus();
  expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("rows are added, moved and removed, and keep everything typed", async ({ page, portal }) => {
    const { section, listSaved, values } = await openRows(page, portal, [one]);
    await addressRow(section, 2).fill(two);
    await addressRow(section, 3).fill("http://c.example.com/cb");
    await section.getByRole("button", { name: "Add row" }).click();
    await expect.poll(values).toEqual([one, two, "http://c.example.com/cb", "", ""]);
    await addressRow(section, 4).fill(three);
    await section.getByRole("button", { name: "Move row 2 up" }).click();
    await expect.poll(values).toEqual([two, one, "http://c.example.com/cb", three, "", ""]);
    expect(await listSaved()).toEqual([one]);
    await section.getByRole("button", save).click();
    await expect(addressRow(section, 3)).toHaveAccessibleDescription(/Plain http is only allowed/);
    await expect(addressRow(section, 1)).not.toHaveAttribute("aria-invalid");
    await section.getByRole("button", { name: "Remove row 3" }).click();
    await addressRow(section, 1).press("Enter");
    await expect(section.getByText("Saved", { exact: true })).toBeVisible();
    await expect.poll(listSaved).toEqual([two, one, three]);
  });

  test("the other lists of addresses work the same way", async ({ page, portal }) => {
    const owner = await portal.createUser();
    const application = await portal.createApplication({ owner });
    await startSession(page, owner);
    await page.goto(applicationPath(application, "update/"));
    await page.getByText("Advanced", { exact: true }).click();
    const signOut = page.getByRole("group", { name: "Addresses after sign-out" });
    await fillAddresses(signOut, `${one}\n${two}`);
    await fillAddresses(page.getByRole("group", { name: "Allowed origins (CORS)" }), "https://a.example.com/path");
    await page.getByRole("button", save).click();
    const origins = page.getByRole("group", { name: "Allowed origins (CORS)" });
    await expect(addressRow(origins, 1)).toHaveAccessibleDescription(/https:\/\/a\.example\.com/);
    expect(await addressRows(signOut).first().inputValue()).toBe(one);
    await addressRow(origins, 1).fill("https://a.example.com");
    await page.getByRole("button", save).click();
    await expect(page).toHaveURL(applicationPath(application));
    const saved = await findSaved(portal, application.clientId);
    expect([saved.postLogoutRedirectUris, saved.allowedOrigins]).toEqual([[one, two], ["https://a.example.com"]]);
  });
});
