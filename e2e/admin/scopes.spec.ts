import type { Page } from "@playwright/test";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { expect, expectAccessible, startSession, test } from "../support/playwright";
import type { Portal } from "../support/portal";
import { authorizationOf } from "../support/token-client";
import { expectFits, signInAdministrator } from "./steps";

const scopePath = (page: string, name: string) => `/o/scopes/${page}/?${new URLSearchParams({ name })}`;
const save = (page: Page) => page.getByRole("button", { name: "Save changes" }).click();
const create = (page: Page) => page.getByRole("button", { name: "Create scope" }).click();
const preview = (page: Page) => page.getByRole("figure", { name: "On the consent screen" });

/** A name that no other test has; the scope is deleted when the test ends. */
function nameScope(portal: Portal, prefix = "photos:"): string {
  const name = `${prefix}${randomAlphanumeric(8)}`;
  portal.adoptScope(name);
  return name;
}

test("only administrators see the scopes", async ({ page, portal }) => {
  await page.goto("/o/scopes/");
  await expect(page).toHaveURL(/\/login\?next=%2Fo%2Fscopes%2F$/);
  await startSession(page, await portal.createUser());
  expect((await page.goto("/o/scopes/"))?.status()).toBe(404);
  await page.goto("/");
  await expect(page.getByRole("link", { name: "scopes" })).toHaveCount(0);
});

test("a scope from its first sentence to the consent screen, and to its deletion", async ({ page, portal }) => {
  const administrator = await portal.createUser({ administrator: true });
  await startSession(page, administrator);
  await page.goto("/");
  for (const [navigation, name] of [
    ["Main", "APIs and scopes"],
    ["APIs and scopes", "Scopes"],
  ] as const) {
    await page.getByRole("navigation", { name: navigation, exact: true }).getByRole("link", { name }).click();
  }
  await expect(page.getByRole("heading", { name: "Scopes", level: 1 })).toBeVisible();
  await expectFits(page);
  await page.getByRole("link", { name: "Create a scope" }).click();
  const name = nameScope(portal);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Description").fill("See your holiday photos");
  await expect(preview(page)).toContainText("Example application will be able to:");
  await expect(preview(page)).toContainText("See your holiday photos");
  await expectFits(page);
  await create(page);
  await expect(page).toHaveURL(/\/o\/scopes\/$/);
  expect(await portal.database.scope.findUnique({ where: { name } })).toEqual({
    name,
    description: "See your holiday photos",
    isDefault: false,
    isRestricted: false,
  });

  const application = await portal.createApplication();
  await page.goto(`/o/authorize/?${new URLSearchParams(authorizationOf(application, { scope: name }))}`);
  await expect(page.getByText("See your holiday photos")).toBeVisible();

  await page.goto(scopePath("update", name));
  await page.getByLabel("Description").fill("See all your photos");
  await page.getByRole("checkbox", { name: "Restricted" }).check();
  await save(page);
  await expect(page).toHaveURL(/\/o\/scopes\/$/);
  expect(await portal.database.scope.findUnique({ where: { name } })).toMatchObject({
    description: "See all your photos",
    isRestricted: true,
  });

  await page.goto(scopePath("update", name));
  await page.getByRole("link", { name: "Delete scope…" }).click();
  await page.getByLabel("Type the name to confirm").fill("photos");
  await page.getByRole("button", { name: "Delete scope" }).click();
  await expect(page.getByText("The name doesn’t match. Nothing was deleted.")).toBeVisible();
  await expect(page.getByLabel("Type the name to confirm")).toHaveValue("photos");
  await page.getByLabel("Type the name to confirm").fill(name);
  await page.getByRole("button", { name: "Delete scope" }).click();
  await expect(page).toHaveURL(/\/o\/scopes\/$/);
  expect((await page.goto(scopePath("update", name)))?.status()).toBe(404);
});

test("names with a meaning in a URL link to their own scope", async ({ page, portal }) => {
  await signInAdministrator(page, portal);
  for (const prefix of ["../", "a/b?c=d&e#", "100%25+", "https://api.example/"]) {
    const name = nameScope(portal, prefix);
    await page.goto("/o/scopes/create/");
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Description").fill("Do something");
    await create(page);
    await expect(page).toHaveURL(/\/o\/scopes\/$/);
    await page.getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { name: `Edit ${name}`, level: 1 })).toBeVisible();
    await page.getByRole("link", { name: "Delete scope…" }).click();
    await page.getByLabel("Type the name to confirm").fill(name);
    await page.getByRole("button", { name: "Delete scope" }).click();
    await expect(page).toHaveURL(/\/o\/scopes\/$/);
    expect(await portal.database.scope.count({ where: { name } })).toBe(0);
  }
});

test("errors appear while typing, in a summary that links to the field, and from the server", async ({
  page,
  portal,
}) => {
  await signInAdministrator(page, portal);
  await page.goto("/o/scopes/create/");
  await create(page);
  const summary = page.getByRole("alert").filter({ hasText: "Nothing has been saved yet" });
  await expect(summary.getByRole("link")).toHaveText(["Enter a name.", "Describe in plain words what it allows."]);
  await expect(page.getByLabel("Name")).toBeFocused();
  await expectAccessible(page);
  await summary.getByRole("link").last().click();
  await expect(page.getByLabel("Description")).toBeFocused();
  await page.getByLabel("Name").fill("two words");
  await expect(page.getByText('Use visible ASCII characters, without spaces, " and \\.').last()).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");

  const taken = await portal.createScope();
  await page.getByLabel("Name").fill(taken);
  await page.getByLabel("Description").fill("Do it again");
  await expect(page.getByLabel("Name")).not.toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Description").press("Enter");
  await expect(page.getByRole("link", { name: "A scope with this name already exists." })).toBeVisible();
  await expect(page.getByLabel("Name")).toBeFocused();
  await expect(page.getByLabel("Description")).toHaveValue("Do it again");
});

test("it shows where a scope is used, and what its deletion affects", async ({ page, portal }) => {
  const name = await portal.createScope();
  const application = await portal.createApplication({ allowedScopes: ["read", name] });
  const api = await portal.createApi({ scopes: [name] });
  await signInAdministrator(page, portal);
  await page.goto(scopePath("update", name));
  await expect(page.getByText("1 application names it")).toBeVisible();
  await expect(page.getByRole("link", { name: api.name })).toHaveAttribute("href", `/o/apis/${api.id}/`);
  await expectFits(page);
  await page.getByRole("link", { name: "Delete scope…" }).click();
  for (const loss of ["1 application", "1 API"]) await expect(page.getByText(loss, { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: application.name })).toHaveAttribute(
    "href",
    `/o/applications/${application.id}/`,
  );
  await expect(page.getByText(`No token can be issued for ${api.name}`)).toBeVisible();
  await expectFits(page);
  await page.getByLabel("Type the name to confirm").fill(name);
  await page.getByRole("button", { name: "Delete scope" }).click();
  await expect(page).toHaveURL(/\/o\/scopes\/$/);
  const { allowedScopes } = await portal.database.application.findUniqueOrThrow({ where: { id: application.id } });
  expect(allowedScopes).toEqual(["read"]);
});

test("a scope that any application may use isn't shown as unused", async ({ page, portal }) => {
  const [open, restricted] = [await portal.createScope(), await portal.createScope({ isRestricted: true })];
  await signInAdministrator(page, portal);
  await page.goto("/o/scopes/");
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });
  await expect(row(open).getByText("Any", { exact: true })).toBeVisible();
  await expect(row(restricted).getByText("0 applications")).toBeVisible();
  await page.goto(scopePath("update", open));
  await expect(
    page.getByText("Any application may request it, unless people registered it with its own list of allowed scopes."),
  ).toBeVisible();
  await portal.createApplication({ allowedScopes: [open] });
  await page.reload();
  await expect(page.getByText(/without a list of their own, and those that registered themselves, may/)).toBeVisible();
  await portal.database.application.updateMany({
    where: { allowedScopes: { has: open } },
    data: { allowedScopes: ["read"] },
  });
  await page.goto(scopePath("delete", open));
  await expect(page.getByText("Any application", { exact: true })).toBeVisible();
});

test("the form of an application explains an empty list, whose meaning its registration decides", async ({
  page,
  portal,
}) => {
  const application = await portal.createApplication({ allowedScopes: ["read"] });
  await signInAdministrator(page, portal);
  const group = page.getByRole("group", { name: "Allowed scopes" });
  const open = () => page.goto(`/o/applications/${application.id}/update/`);
  await open();
  await expect(group).toContainText("None selected: every scope that isn’t restricted.");
  await portal.database.application.update({
    where: { id: application.id },
    data: { registrationSource: "dynamic", ownerId: null },
    select: { id: true },
  });
  await open();
  await expect(group).toContainText("may request every scope that isn’t restricted, selected or not");
  await expect(group).not.toContainText("None chosen");
  await expectFits(page);
});

test("a scope that is the only one of an application can't be deleted", async ({ page, portal }) => {
  const name = await portal.createScope();
  const application = await portal.createApplication({ allowedScopes: [name] });
  await signInAdministrator(page, portal);
  await page.goto(scopePath("delete", name));
  await expect(page.getByText("Some applications depend on it")).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete scope" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: application.name })).toHaveAttribute(
    "href",
    `/o/applications/${application.id}/update/`,
  );
  await expectFits(page);
});

test("the initial scopes", async ({ page, portal }) => {
  await signInAdministrator(page, portal);
  await page.goto(scopePath("delete", "read"));
  await expect(page.getByText("This scope is built in")).toBeVisible();
  await page.goto(scopePath("update", "introspection"));
  await expect(page.getByText("Always restricted, never a default")).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Delete scope…" })).toHaveCount(0);
  await expectAccessible(page);
  await save(page);
  await expect(page).toHaveURL(/\/o\/scopes\/$/);
  const { isRestricted } = await portal.database.scope.findUniqueOrThrow({ where: { name: "introspection" } });
  expect(isRestricted).toBe(true);
});

test("a long list is searched, filtered, sorted and has pages", async ({ page, portal }) => {
  const prefix = nameScope(portal, "zz-");
  const names = Array.from({ length: 52 }, (_, index) => `${prefix}-${String(index).padStart(2, "0")}`);
  for (const name of names) portal.adoptScope(name);
  const data = names.map((name, index) => ({ name, description: `Do ${name}`, isRestricted: index === 7 }));
  await portal.database.scope.createMany({ data });
  const api = await portal.createApi({ scopes: [names[3] ?? "", names[5] ?? ""] });
  await signInAdministrator(page, portal);
  await page.goto("/o/scopes/");
  await page.locator("h1").click();
  await page.keyboard.press("/");
  await page.keyboard.type(prefix.slice(1));
  await page.keyboard.press("Enter");
  const rows = page.getByRole("table", { name: "Scopes" }).getByRole("row");
  await expect(page.getByText("1–50 of 52")).toBeVisible();
  await expect(rows.nth(1)).toContainText(`${prefix}-00`);
  await expectFits(page);
  const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
  expect(Math.max(...heights)).toBeLessThanOrEqual(48);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(rows.nth(1)).toContainText(`${prefix}-50`);
  await page.getByRole("link", { name: "First" }).click();
  await page.getByRole("link", { name: "Scope sort descending" }).click();
  await expect(rows.nth(1)).toContainText(`${prefix}-51`);
  await page.getByLabel("Who gets it").selectOption("Restricted");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(`${prefix}-07`);
  await page.getByLabel("Kind").selectOption("OpenID Connect");
  await expect(page.getByText("No matches")).toBeVisible();
  await page.goto(`/o/scopes/?api=${api.id}`);
  await expect(page.getByRole("combobox", { name: "API" })).toHaveValue(api.id);
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText(api.name);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a scope is created, changed and deleted; on an error the values stay", async ({ page, portal }) => {
    await signInAdministrator(page, portal);
    const name = nameScope(portal);
    await page.goto("/o/scopes/create/");
    await page.getByLabel("Name").fill(name);
    await page.getByRole("checkbox", { name: "Restricted" }).check();
    await create(page);
    await expect(page.getByRole("link", { name: "Describe in plain words what it allows." })).toHaveAttribute(
      "href",
      "#description",
    );
    await expect(page.getByLabel("Description")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Name")).toHaveValue(name);
    await expect(page.getByRole("checkbox", { name: "Restricted" })).toBeChecked();
    await page.getByLabel("Description").fill("See your photos");
    await create(page);
    await expect(page).toHaveURL(/\/o\/scopes\/$/);

    await page.goto(scopePath("update", name));
    await expect(preview(page)).toContainText("See your photos");
    await page.getByRole("checkbox", { name: "Restricted" }).uncheck();
    await save(page);
    await expect(page).toHaveURL(/\/o\/scopes\/$/);
    const { isRestricted } = await portal.database.scope.findUniqueOrThrow({ where: { name } });
    expect(isRestricted).toBe(false);

    await page.goto(scopePath("delete", name));
    await page.getByLabel("Type the name to confirm").fill(name);
    await page.getByRole("button", { name: "Delete scope" }).click();
    await expect(page).toHaveURL(/\/o\/scopes\/$/);
    expect(await portal.database.scope.count({ where: { name } })).toBe(0);
  });
});
