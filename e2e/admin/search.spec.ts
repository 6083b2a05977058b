import { expect, expectAccessible, startSession, test } from "../support/playwright";

test("the palette opens a page by keyboard alone, and gives the focus back", async ({ page, portal }) => {
  const user = await portal.createUser();
  await startSession(page, await portal.createUser({ administrator: true }));
  await page.goto("/admin/groups/");
  await page.getByRole("link", { name: "Create group" }).first().focus();
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Search" });
  const field = dialog.getByRole("combobox", { name: "Search for" });
  await expect(field).toBeFocused();
  await expect(dialog.getByRole("option", { name: "Users", exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("link", { name: "Create group" }).first()).toBeFocused();

  await page.keyboard.press("Control+k");
  await field.fill("cre");
  await expect(dialog.getByRole("option", { name: "Create API" })).toBeVisible();
  const first = dialog.getByRole("option").first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(first).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(dialog.getByRole("option").last()).toHaveAttribute("aria-selected", "true");

  await field.fill(user.username);
  await expect(dialog.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/admin/users/${user.id}/$`));
});

test("a client ID pasted into it opens its application", async ({ page, portal }) => {
  const { id, clientId } = await portal.createApplication();
  await startSession(page, await portal.createUser({ portalRole: "auditor" }));
  await page.goto("/admin/");
  await page.getByRole("link", { name: "Search", exact: true }).click();
  await page.getByRole("combobox", { name: "Search for" }).fill(`error: client_id=${clientId}: invalid_client`);
  await expect(page.getByRole("dialog").getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/o/applications/${id}/$`));
});

test("leaving a form with unsaved changes through it asks first", async ({ page, portal }) => {
  const user = await portal.createUser();
  await startSession(page, await portal.createUser({ administrator: true }));
  await page.goto(`/admin/users/${user.id}/`);
  await page.getByLabel("Nickname").fill("Zo");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search for" }).fill("signing keys");
  await expect(page.getByRole("dialog").getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(page.getByLabel("Nickname")).toHaveValue("Zo");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the search is a page", async ({ page, portal }) => {
    const user = await portal.createUser();
    await startSession(page, await portal.createUser({ administrator: true }));
    await page.goto("/admin/");
    await page.getByRole("link", { name: "Search", exact: true }).click();
    await page.getByRole("searchbox", { name: "Search for" }).fill(user.username.slice(0, -1));
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("main").getByRole("link", { name: user.email }).click();
    await expect(page).toHaveURL(new RegExp(`/admin/users/${user.id}/$`));
    await page.goto("/admin/search/?q=zzqqzz");
    await expect(page.getByText("No matches")).toBeVisible();
  });
});
