import type { Page } from "@playwright/test";
import { digest, randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { createInitialAccessToken } from "@/lib/services/registrations/create-initial-access-token";
import { postByHand, readCode } from "../applications/steps";
import {
  expect,
  expectAccessible,
  expectFitsEverywhere,
  readHtml,
  signIn,
  startSession,
  test,
} from "../support/playwright";
import type { Portal } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";

const path = "/o/registration-tokens/";

function tokenField(page: Page) {
  return page.getByRole("textbox", { name: "Initial access token" });
}

function findRow(page: Page, label: string) {
  return page.getByRole("table", { name: "Initial access tokens" }).getByRole("row").filter({ hasText: label });
}

/** Signs in an administrator; their tokens are deleted with them. */
async function openAsAdministrator(page: Page, portal: Portal): Promise<string> {
  const administrator = await portal.createUser({ administrator: true });
  await startSession(page, administrator);
  await page.goto(path);
  return administrator.username;
}

async function create(page: Page, label: string, uses: string, lifetime = "In 30 days"): Promise<string> {
  await page.getByLabel("Label").fill(label);
  await page.getByLabel("Registrations").fill(uses);
  await page.getByLabel("Expires").selectOption(lifetime);
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("heading", { name: `New token: ${label}` })).toBeVisible();
  const token = await tokenField(page).inputValue();
  noteSecret(token);
  return token;
}

test.afterEach(async ({ portal }) => {
  await portal.database.auditEvent.deleteMany({ where: { type: { startsWith: "initial_access_token." } } });
  await portal.database.initialAccessToken.deleteMany({ where: { label: { startsWith: "Test:" } } });
});

test("a token is shown until it is stored, listed with its details, and revoked", async ({ page, portal }) => {
  const username = await openAsAdministrator(page, portal);
  await expect(page.getByText("Dynamic registration is off")).toBeVisible();
  await expect(page.getByText("DYNAMIC_REGISTRATION=token")).toBeVisible();
  await expectAccessible(page);

  const label = `Test: pipeline of ${username}`;
  const token = await create(page, label, "3");
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(await readCode(page, "Register an application")).toContain(`Authorization: Bearer ${token}`);
  await expectAccessible(page);
  await page.reload();
  await expect(tokenField(page)).toHaveValue(token);
  await expect(page.getByRole("button", { name: "Create token" })).toHaveCount(0);

  const row = await portal.database.initialAccessToken.findFirstOrThrow({ where: { label } });
  expect(row.tokenHash).toBe(digest(token));
  expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBe(30 * 86_400_000);

  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(tokenField(page)).toHaveCount(0);
  await page.reload();
  expect(await readHtml(page)).not.toContain(token);
  await expect(findRow(page, label)).toContainText("Active");
  await expect(findRow(page, label)).toContainText("0 of 3");
  await expect(findRow(page, label)).toContainText("Never");
  await expect(findRow(page, label)).toContainText(username);

  await page.getByRole("link", { name: `Revoke ${label}` }).click();
  await expect(page.getByRole("heading", { name: `Revoke ${label}?` })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(findRow(page, label)).toContainText("Active");
  await page.getByRole("link", { name: `Revoke ${label}` }).click();
  await page.getByRole("button", { name: "Revoke token" }).click();
  await expect(findRow(page, label)).toContainText("Revoked");
  await expect(page.getByRole("link", { name: `Revoke ${label}` })).toHaveCount(0);

  const events = await portal.database.auditEvent.findMany({
    where: { details: { path: ["tokenId"], equals: row.id } },
    orderBy: { at: "asc" },
  });
  expect(events.map(({ type }) => type)).toEqual(["initial_access_token.created", "initial_access_token.revoked"]);
  expect(JSON.stringify(events)).not.toContain(token);
});

test("another browser of the same user never shows it", async ({ browser, page, portal }) => {
  const administrator = await portal.createUser({ administrator: true });
  await startSession(page, administrator);
  await page.goto(path);
  const token = await create(page, "Test: elsewhere", "1");
  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  await startSession(elsewhere, administrator);
  await elsewhere.goto(path);
  await expect(findRow(elsewhere, "Test: elsewhere")).toBeVisible();
  expect(await readHtml(elsewhere)).not.toContain(token);
  await context.close();
});

test("without JavaScript: errors are next to their fields, and the values stay", async ({ browser, portal }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await openAsAdministrator(page, portal);
  await page.getByLabel("Label").fill("Test: no script");
  await page.getByLabel("Registrations").fill("5");
  await page.getByRole("button", { name: "Create token" }).click();
  const token = await tokenField(page).inputValue();
  noteSecret(token);
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(tokenField(page)).toHaveCount(0);

  expect(
    await postByHand(page, `${path}submit`, { label: "Test: typed", maximum_uses: "0", expires_in_days: "7" }),
  ).toBe(303);
  await page.goto(`${path}?rejected=token#new`);
  await expect(page.getByText("A token must allow at least one registration.")).toBeVisible();
  await expect(page.getByLabel("Label")).toHaveValue("Test: typed");
  await expect(page.getByLabel("Registrations")).toHaveValue("0");
  expect(await portal.database.initialAccessToken.count({ where: { label: "Test: typed" } })).toBe(0);
  await context.close();
});

/** Tokens that all have one word in their labels, which is returned. */
async function addTokens(portal: Portal, count: number): Promise<string> {
  const word = randomAlphanumeric(10);
  const at = Date.now();
  const data = Array.from({ length: count }, (_, index) => ({
    tokenHash: `${index}-${word}`,
    label: `Test: ${String(index).padStart(2, "0")} of fleet${word}`,
    maximumUses: 4,
    uses: index === 1 ? 4 : 0,
    createdAt: new Date(at + index),
    expiresAt: new Date(at + (index === 2 ? -1 : 1) * 86_400_000),
  }));
  await portal.database.initialAccessToken.createMany({ data });
  return word;
}

test("a long list is searched, filtered, sorted and has pages", async ({ page, portal }) => {
  const word = await addTokens(portal, 52);
  await openAsAdministrator(page, portal);
  await page.locator("h1").click();
  await page.keyboard.press("/");
  await page.keyboard.type(`eet${word}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("1–50 of 52")).toBeVisible();
  const rows = page.getByRole("table", { name: "Initial access tokens" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("Test: 51");
  const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
  expect(Math.max(...heights)).toBeLessThanOrEqual(48);
  await page.getByRole("link", { name: "Label sort ascending" }).click();
  await expect(rows.nth(1)).toContainText("Test: 00");
  await page.getByRole("link", { name: "Next" }).click();
  await expect(rows).toHaveCount(3);
  await page.getByLabel("Status").selectOption("Used up");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("Test: 01");
  await page.getByLabel("Status").selectOption("Expired");
  await expect(rows.nth(1)).toContainText("Test: 02");
  await expectAccessible(page);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`several are revoked at once after a confirmation, ${how} JavaScript`, async ({ browser, portal }) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const word = await addTokens(portal, 4);
    await openAsAdministrator(page, portal);
    await page.goto(`${path}?q=${word}&sort=label`);
    for (const index of ["00", "01", "03"]) await page.getByLabel(`Select Test: ${index} of fleet${word}`).check();
    if (javaScriptEnabled) await expectAccessible(page);
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Revoke 2 tokens?" })).toBeVisible();
    await expect(page.getByText("8 registrations left")).toBeVisible();
    await expect(page.getByText("1 selected token is left as it is")).toBeVisible();
    if (javaScriptEnabled)
      await expectFitsEverywhere(
        page,
        [390, 1280].map((width) => ({ width, height: 844 })),
      );
    await page.getByRole("button", { name: "Revoke" }).click();
    await expect(page.getByText("2 tokens revoked")).toBeVisible();
    expect(page.url()).toContain(`?q=${word}&sort=label`);
    await expect(findRow(page, `Test: 00 of fleet${word}`)).toContainText("Revoked");
    await expect(findRow(page, `Test: 01 of fleet${word}`)).toContainText("Used up");
    const where = { label: { contains: word }, revokedAt: { not: null } };
    expect(await portal.database.initialAccessToken.count({ where })).toBe(2);
    await context.close();
  });
}

test("only administrators see, create or revoke tokens", async ({ page, portal }) => {
  const { id } = await createInitialAccessToken(portal.context, {
    label: "Test: not yours",
    maximumUses: 1,
    expiresInDays: 1,
  });
  await page.goto(path);
  await expect(page).toHaveURL(/\/login\?next=/);
  await signIn(page, await portal.createUser());
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Initial access tokens" })).toHaveCount(0);
  for (const hidden of [path, `${path}${id}/revoke/`, `${path}revoke/?ids=${id}`, `${path}export/`]) {
    expect((await page.goto(hidden))?.status()).toBe(404);
  }
  await page.goto("/");
  const fields = { label: "Test: mine", maximum_uses: "1", expires_in_days: "1" };
  expect(await postByHand(page, `${path}submit`, fields)).toBe(403);
  expect(await postByHand(page, `${path}${id}/revoke/submit`)).toBe(403);
  expect(await postByHand(page, `${path}bulk/submit`, { id })).toBe(403);
  expect(await postByHand(page, `${path}bulk/submit`, { ids: id })).toBe(403);
  expect(await portal.database.initialAccessToken.count({ where: { label: "Test: mine" } })).toBe(0);
  const row = await portal.database.initialAccessToken.findUniqueOrThrow({ where: { id } });
  expect(row.revokedAt).toBeNull();
});

test("from desktop to phone, in both themes: nothing is cut off, everything can be reached", async ({
  page,
  portal,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openAsAdministrator(page, portal);
  await create(page, `Test: ${"long ".repeat(10)}`.trim(), "1000", "In a year");
  await expectFitsEverywhere(
    page,
    [1280, 1024, 768, 390].map((width) => ({ width, height: 844 })),
  );
});
