import type { Page } from "@playwright/test";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { addAttribute, adoptAttribute, setValue } from "../support/attributes";
import { expect, expectFitsEverywhere, startSession, test } from "../support/playwright";
import type { Portal } from "../support/portal";

const main = (page: Page) => page.getByRole("main");

const section = (page: Page, name: string) => main(page).getByRole("region", { name, exact: true });

const uniqueName = (name: string) => `${name} ${randomAlphanumeric(8)}`;

async function defineByForm(page: Page, portal: Portal, name: string): Promise<string> {
  await page.goto("/admin/settings/attributes/create/");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create attribute" }).click();
  await expect(page.getByText("The attribute was created.")).toBeVisible();
  const path = new URL(page.url()).pathname;
  adoptAttribute(portal, path.split("/").at(-2) ?? "");
  return path;
}

/** From the definition over the value to the account page: with and without JavaScript. */
async function followAttribute(page: Page, portal: Portal): Promise<void> {
  const [administrator, user] = [await portal.createUser({ administrator: true }), await portal.createUser()];
  const scope = await portal.createScope({ description: "See your office" });
  const [name, claim] = [uniqueName("Office"), `office_${randomAlphanumeric(8)}`];
  await startSession(page, administrator);
  const path = await defineByForm(page, portal, name);

  const applications = section(page, "Applications");
  await applications.getByLabel("Claim").fill("email");
  await applications.getByLabel("Scope").selectOption(scope);
  await applications.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("A specification defines this claim. Choose another name.")).toBeVisible();
  await expect(applications.getByLabel("Claim")).toHaveValue("email");
  await applications.getByLabel("Claim").fill(claim);
  await applications.getByRole("button", { name: "Save changes" }).click();
  await expect(applications.getByText("Saved", { exact: true })).toBeVisible();
  await section(page, "Users").getByLabel("Can change it").check();
  await section(page, "Users").getByRole("button", { name: "Save changes" }).click();
  await expect(section(page, "Users").getByText("Saved", { exact: true })).toBeVisible();
  await expect(section(page, "Users").getByLabel("Can change it")).toBeChecked();
  await expect(applications.getByLabel("Claim")).toHaveValue(claim);

  await page.goto(`/admin/users/${user.id}/`);
  await section(page, "Attributes").getByLabel(name).fill("Berlin");
  await section(page, "Attributes").getByRole("button", { name: "Save changes" }).click();
  await expect(section(page, "Attributes").getByLabel(name)).toHaveValue("Berlin");
  await page.goto("/admin/settings/attributes/");
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText(claim);

  await startSession(page, user);
  await page.goto("/account/");
  await expect(section(page, "More about you")).toContainText("Berlin");
  await section(page, "More about you").getByRole("link", { name: "Edit" }).click();
  await page.getByLabel(name).fill("Hamburg");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Your details were saved")).toBeVisible();
  await expect(section(page, "More about you")).toContainText("Hamburg");

  await startSession(page, administrator);
  await page.goto(`${path}delete/`);
  await expect(page.getByText("1 user", { exact: true })).toBeVisible();
  await page.getByLabel("Type the name to confirm").fill("something else");
  await page.getByRole("button", { name: "Delete attribute" }).click();
  await expect(page.getByText("The name doesn’t match. Nothing was deleted.")).toBeVisible();
  await page.getByLabel("Type the name to confirm").fill(name);
  await page.getByRole("button", { name: "Delete attribute" }).click();
  await expect(page.getByText("The attribute was deleted.")).toBeVisible();
  await page.goto(`/admin/users/${user.id}/`);
  await expect(page.getByLabel(name)).toHaveCount(0);
}

test("an attribute from its definition to its deletion", async ({ page, portal }) => {
  await followAttribute(page, portal);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an attribute from its definition to its deletion", async ({ page, portal }) => {
    await followAttribute(page, portal);
  });

  test("a value that can't be one comes back with what was typed", async ({ page, portal }) => {
    const user = await portal.createUser();
    const list = await addAttribute(portal, { name: uniqueName("Languages"), type: "list", userAccess: "write" });
    const text = await addAttribute(portal, { name: uniqueName("About"), userAccess: "write" });
    await startSession(page, user);
    await page.goto("/account/attributes/");
    const long = "long text ".repeat(90).trim();
    await page.getByLabel(text.name).fill(long);
    const typed = Array.from({ length: 51 }, (_, index) => `l${index}`).join("\n");
    await page.getByLabel(list.name).fill(typed);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Use at most 50 entries.")).toBeVisible();
    await expect(page.getByLabel(list.name)).toHaveValue(typed);
    await expect(page.getByLabel(text.name)).toHaveValue(long);
  });
});

test("auditors see definitions and values, and change neither", async ({ page, portal }) => {
  const [user, auditor] = [await portal.createUser(), await portal.createUser({ portalRole: "auditor" })];
  const attribute = await addAttribute(portal, { name: uniqueName("Number"), type: "number" });
  await setValue(portal, user, attribute, 4711);
  await startSession(page, auditor);
  await page.goto("/admin/settings/attributes/");
  await expect(page.getByRole("link", { name: "Create attribute" })).toHaveCount(0);
  await page.getByRole("link", { name: attribute.name }).click();
  await expect(section(page, "About this attribute")).toContainText("Hidden");
  await expect(main(page).getByRole("button", { name: "Save changes" })).toHaveCount(0);
  await page.goto(`/admin/users/${user.id}/`);
  await expect(section(page, "Attributes")).toContainText("4711");
  await expect(section(page, "Attributes").getByRole("textbox")).toHaveCount(0);
});

test("every page fits, in both themes and at each width", async ({ page, portal }) => {
  const user = await portal.createUser({ administrator: true });
  const scope = await portal.createScope();
  const claimName = `claim_${randomAlphanumeric(8)}`;
  const shared = { userAccess: "write", claimName, scopeName: scope } as const;
  const attribute = await addAttribute(portal, { name: uniqueName("A".repeat(40)), ...shared });
  await addAttribute(portal, { name: uniqueName("Remote"), type: "boolean", userAccess: "write" });
  await setValue(portal, user, attribute, "x".repeat(300));
  await startSession(page, user);
  const path = `/admin/settings/attributes/${attribute.id}/`;
  const pages = ["/admin/settings/attributes/", "/admin/settings/attributes/create/", path, `${path}delete/`];
  for (const one of [...pages, `/admin/users/${user.id}/`, "/account/", "/account/attributes/"]) {
    await page.goto(one);
    await expectFitsEverywhere(page);
  }
});
