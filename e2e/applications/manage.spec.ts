import { BrowserClient } from "../support/browser-client";
import { expect, expectAccessible, startSession, test } from "../support/playwright";
import { authorizationOf, exchangeOf, requestToken } from "../support/token-client";
import {
  addressRow,
  applicationPath,
  fillAddresses,
  openAdvanced,
  openTab,
  postByHand,
  redirectUris,
  secretField,
} from "./steps";

test("the list: empty with a next step, then newest first, paginated", async ({ page, portal }) => {
  const owner = await portal.createUser();
  await startSession(page, owner);
  await page.goto("/o/applications");
  await expect(page.getByText("No applications yet")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Register an application" }).click();
  await expect(page.getByRole("heading", { name: "Register an application" })).toBeVisible();

  const first = await portal.createApplication({ owner, name: "The first" });
  await portal.database.application.createMany({
    data: Array.from({ length: 50 }, (_, index) => ({
      clientId: `${first.clientId}-${index}`,
      name: `Application ${index}`,
      clientType: "confidential" as const,
      grantTypes: ["client_credentials"],
      ownerId: owner.id,
    })),
  });
  await portal.disableApplication(first);
  await page.goto("/o/applications/");
  const rows = page.getByRole("table", { name: "Applications" }).getByRole("row");
  await expect(rows).toHaveCount(51);
  await expect(rows.filter({ hasText: "The first" })).toHaveCount(0);
  await expectAccessible(page);
  const pages = page.getByRole("navigation", { name: "Pages of the list" });
  await pages.getByRole("link", { name: "Next" }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "The first" })).toContainText("Disabled");
  await expect(page.getByText("51–51 of 51")).toBeVisible();
  await pages.getByRole("link", { name: "First" }).click();
  await expect(rows).toHaveCount(51);
});

test("an application is edited under the same rules", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  await startSession(page, owner);
  await page.goto(applicationPath(application));
  await openTab(page, "Settings");
  await page.getByRole("link", { name: "Edit all" }).click();
  await expect(page.getByRole("heading", { name: `Edit ${application.name}` })).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue(application.name);
  await expect(addressRow(redirectUris(page))).toHaveValue(application.redirectUri);
  await expect(secretField(page)).toHaveCount(0);
  await expectAccessible(page);

  await page.getByLabel("Name").fill("Renamed");
  await fillAddresses(redirectUris(page), "javascript:alert(1)");
  // Validation runs after a pause and moves what is below; only after that does a click hit its target.
  await expect(page.getByText(/The scheme javascript: is not allowed/)).toBeVisible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("link", { name: /The scheme javascript: is not allowed/ })).toBeVisible();
  await fillAddresses(redirectUris(page), "https://app.example.com/cb");
  await expect(addressRow(redirectUris(page))).not.toHaveAttribute("aria-invalid", "true");
  await openAdvanced(page);
  await page.getByRole("checkbox", { name: "Require PKCE" }).check();
  await page.getByRole("button", { name: "Save changes" }).click();

  await expect(page.getByRole("heading", { name: "Renamed", level: 1 })).toBeVisible();
  await expect(page.getByText("Required (S256)")).toBeVisible();
  await openTab(page, "Sign-in and sign-out");
  await expect(addressRow(redirectUris(page))).toHaveValue("https://app.example.com/cb");
  const saved = await portal.database.application.findUniqueOrThrow({ where: { id: application.id } });
  expect(saved).toMatchObject({ name: "Renamed", clientId: application.clientId, requirePkce: true });
});

test("disabling takes effect immediately, and so does enabling", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const machine = await portal.createMachine({ owner });
  const { clientId: client_id, clientSecret: client_secret } = machine;
  const getToken = () => requestToken({ grant_type: "client_credentials", client_id, client_secret });
  expect((await getToken()).status).toBe(200);
  await startSession(page, owner);
  await page.goto(applicationPath(machine, "settings/"));
  await page.getByRole("link", { name: "Disable application" }).click();
  await expect(page.getByRole("heading", { name: `Disable ${machine.name}?` })).toBeVisible();
  for (const loss of ["0 users", "1 access token", "0 refresh tokens"]) {
    await expect(page.getByText(loss, { exact: true })).toBeVisible();
  }
  await expectAccessible(page);
  await page.getByRole("button", { name: "Disable application" }).click();
  await expect(page.getByText("This application is disabled")).toBeVisible();
  expect((await getToken()).status).not.toBe(200);
  await page.getByRole("button", { name: "Enable application" }).click();
  await expect(page.getByText("This application is disabled")).toHaveCount(0);
  expect((await getToken()).status).toBe(200);
});

test("deleting shows the impact and asks for the name", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner, name: "Expendable" });
  const code = await new BrowserClient().obtainCode(authorizationOf(application), { user: owner });
  const { accessToken } = await requestToken(exchangeOf(application, code));
  expect(accessToken).not.toBe("");
  const remaining = () => portal.database.application.count({ where: { id: application.id } });

  await startSession(page, owner);
  await page.goto(applicationPath(application, "settings/"));
  await page.getByRole("link", { name: "Delete application…" }).click();
  await expect(page.getByRole("heading", { name: "Delete Expendable?" })).toBeVisible();
  for (const loss of ["1 user", "1 access token", "1 refresh token"]) {
    await expect(page.getByText(loss, { exact: true })).toBeVisible();
  }
  await expectAccessible(page);
  await page.getByLabel("Type the name to confirm").fill("Something else");
  await page.getByRole("button", { name: "Delete application" }).click();
  await expect(page.getByText("The name doesn’t match. Nothing was deleted.")).toBeVisible();
  await expect(page.getByLabel("Type the name to confirm")).toHaveValue("Something else");
  expect(await postByHand(page, `${applicationPath(application)}delete/submit`)).toBe(303);
  expect(await remaining()).toBe(1);

  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(new RegExp(`${applicationPath(application, "settings/")}$`));
  await page.getByRole("link", { name: "Delete application…" }).click();
  await page.getByLabel("Type the name to confirm").fill("Expendable");
  await page.getByRole("button", { name: "Delete application" }).click();
  await expect(page).toHaveURL(/\/o\/applications\/$/);
  expect(await remaining()).toBe(0);
  expect((await page.goto(applicationPath(application)))?.status()).toBe(404);
});
