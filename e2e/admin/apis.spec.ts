import type { Locator, Page } from "@playwright/test";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { postByHand, readCode, runInShell } from "../applications/steps";
import { expect, expectAccessible, startSession, test } from "../support/playwright";
import type { Portal } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { expectFits, signInAdministrator } from "./steps";

const apiUrl = /\/o\/apis\/[0-9a-f-]{36}\/$/;
const create = (page: Page) => page.getByRole("button", { name: "Create API" }).click();
const isFocused = (field: Locator) => field.evaluate((element) => element === document.activeElement);
const nameIdentifier = () => `https://api-${randomAlphanumeric(10).toLowerCase()}.example.test/v1`;

/** The API on the page; it is deleted when the test ends. */
function adopt(page: Page, portal: Portal): string {
  const id = new URL(page.url()).pathname.split("/")[3] ?? "";
  portal.adoptApi(id);
  return id;
}

test("only administrators see the APIs", async ({ page, portal }) => {
  const api = await portal.createApi();
  await page.goto("/o/apis/");
  await expect(page).toHaveURL(/\/login\?next=%2Fo%2Fapis%2F$/);
  await startSession(page, await portal.createUser());
  for (const path of ["/o/apis/", "/o/apis/create/", `/o/apis/${api.id}/`, `/o/apis/${api.id}/delete/`]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
  }
  await page.goto("/");
  await expect(page.getByRole("link", { name: "APIs" })).toHaveCount(0);
  expect(await postByHand(page, `/o/apis/${api.id}/delete/submit`, { confirmed_name: api.name })).toBe(403);
  expect(await portal.database.api.count({ where: { id: api.id } })).toBe(1);
});

test("an API is created, described, changed and deleted", async ({ page, portal }) => {
  const server = await portal.createMachine();
  await signInAdministrator(page, portal);
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "APIs and scopes" }).click();
  await page.getByRole("link", { name: "Create an API" }).first().click();
  await expect(page.getByRole("heading", { name: "Create an API", level: 1 })).toBeVisible();
  await expectFits(page);
  const identifier = nameIdentifier();
  await page.getByLabel("Identifier").fill(identifier);
  await page.getByLabel("Name").fill("Orders");
  await page.getByRole("checkbox", { name: "read", exact: true }).check();
  await page.getByRole("radio", { name: "JWT" }).check();
  await page.getByLabel("Access token lifetime in seconds").fill("300");
  await page.getByLabel("Client IDs").fill(server.clientId);
  await create(page);

  await expect(page).toHaveURL(apiUrl);
  const id = adopt(page, portal);
  await expect(page.getByRole("heading", { name: "Orders", level: 1 })).toBeVisible();
  await expect(page).toHaveTitle("Orders · Latchkey");
  await expect(page.getByText("5 minutes")).toBeVisible();
  await expect(page.getByRole("link", { name: server.name })).toBeVisible();
  await expectFits(page);
  expect(await portal.database.api.findUnique({ where: { id }, include: { resourceServers: true } })).toMatchObject({
    identifier,
    name: "Orders",
    scopes: ["read"],
    tokenFormat: "jwt",
    accessTokenLifetime: 300,
    resourceServers: [{ applicationId: server.id }],
  });

  await page.getByRole("link", { name: "Edit" }).click();
  await expect(page.getByLabel("Identifier")).toHaveCount(0);
  await expect(page.getByLabel("Client IDs")).toHaveValue(server.clientId);
  await expect(page.getByRole("radio", { name: "JWT" })).toBeChecked();
  await expectFits(page);
  await page.getByLabel("Name").fill("Orders 2");
  await page.getByRole("radio", { name: "Opaque" }).check();
  await page.getByLabel("Access token lifetime in seconds").fill("");
  await page.getByLabel("Client IDs").fill("");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { name: "Orders 2", level: 1 })).toBeVisible();
  await expect(page.getByText("the server’s default")).toBeVisible();
  await expect(page.getByText("None yet.")).toBeVisible();

  await page.getByRole("link", { name: "Delete API…" }).click();
  await expect(page.getByText("they stay valid until they expire")).toBeVisible();
  await expectFits(page);
  await page.getByLabel("Type the name to confirm").fill("Orders");
  await page.getByRole("button", { name: "Delete API" }).click();
  await expect(page.getByText("The name doesn’t match. Nothing was deleted.")).toBeVisible();
  await page.getByLabel("Type the name to confirm").fill("Orders 2");
  await page.getByRole("button", { name: "Delete API" }).click();
  await expect(page).toHaveURL(/\/o\/apis\/$/);
  expect((await page.goto(`/o/apis/${id}/`))?.status()).toBe(404);
});

test("before anything is typed, the page names the applications whose default API it is, and how many there are", async ({
  page,
  portal,
}) => {
  const api = await portal.createApi();
  const first = await portal.createMachine({ defaultApi: api.identifier });
  await signInAdministrator(page, portal);
  await page.goto(`/o/apis/${api.id}/delete/`);
  await expect(page.getByText("1 application depends on it")).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete API" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: first.name })).toHaveAttribute(
    "href",
    `/o/applications/${first.id}/update/`,
  );
  for (let more = 0; more < 11; more++) await portal.createMachine({ defaultApi: api.identifier });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.reload();
    await expect(page.getByText("12 applications depend on it")).toBeVisible();
    await expect(page.getByText("and 2 more")).toBeVisible();
    await expectFits(page);
  }
});

test("the commands on its page get a token for this API only, and show what introspection says", async ({
  page,
  portal,
}) => {
  const server = await portal.createMachine();
  const application = await portal.createMachine();
  const api = await portal.createApi({ scopes: ["read"], lifetime: 120, resourceServers: [server] });
  await signInAdministrator(page, portal);
  await page.goto(`/o/apis/${api.id}/`);
  const credentials = { CLIENT_ID: application.clientId, CLIENT_SECRET: application.clientSecret };
  const token = JSON.parse(
    await runInShell(await readCode(page, "Get a token for the application itself"), credentials),
  );
  noteSecret(token.access_token);
  expect(token).toMatchObject({ token_type: "Bearer", scope: "read", expires_in: 120 });
  const answer = await runInShell(await readCode(page, "Introspect a token as a resource server"), {
    CLIENT_ID: server.clientId,
    CLIENT_SECRET: server.clientSecret,
    ACCESS_TOKEN: token.access_token,
  });
  expect(JSON.parse(answer)).toMatchObject({ active: true, aud: [api.identifier], client_id: application.clientId });

  const redirectUri = "https://app.example.test/callback?a=b";
  const link = new URL(
    await runInShell(await readCode(page, "Authorization link for a user"), {
      CLIENT_ID: application.clientId,
      REDIRECT_URI: redirectUri,
    }),
  );
  expect(Object.fromEntries(link.searchParams)).toEqual({
    response_type: "code",
    client_id: application.clientId,
    redirect_uri: redirectUri,
    resource: api.identifier,
    scope: "read",
  });
});

test("errors appear while typing, in a summary that links to the field, and from the server", async ({
  page,
  portal,
}) => {
  await signInAdministrator(page, portal);
  await page.goto("/o/apis/create/");
  await create(page);
  const summary = page.getByRole("alert").filter({ hasText: "Nothing has been saved yet" });
  await expect(summary.getByRole("link")).toHaveText([
    "Enter an identifier.",
    "Enter a name.",
    "Choose at least one scope: a token for this API carries no others.",
  ]);
  await expect(page.getByLabel("Identifier")).toBeFocused();
  await expectAccessible(page);
  await summary.getByRole("link").last().click();
  await expect(page.getByRole("group", { name: "Scopes" })).toBeFocused();
  await page.getByRole("checkbox", { name: "read", exact: true }).check();
  await expect(page.getByRole("group", { name: "Scopes" }).getByText("Choose at least one scope")).toHaveCount(0);

  const identifier = page.getByLabel("Identifier");
  for (const [typed, problem] of [
    ["api.example.com", "Use a complete URI with scheme and host"],
    ["https://api.example.com/#top", "An identifier can’t have a fragment"],
    ["https://me:secret@api.example.com/", "An identifier can’t have a user name or password."],
  ] as const) {
    await identifier.fill(typed);
    await expect(page.getByText(problem)).toBeVisible();
  }
  const taken = await portal.createApi();
  await identifier.fill(taken.identifier);
  await expect(identifier).not.toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Name").fill("Twice");
  await page.getByLabel("Access token lifetime in seconds").fill("an hour");
  await expect(page.getByText("Enter whole seconds from 60 to 86400, or nothing.")).toBeVisible();
  await page.getByLabel("Access token lifetime in seconds").fill("3600");
  await expect(page.getByText("Enter whole seconds from 60 to 86400, or nothing.")).toHaveCount(0);
  await create(page);
  await expect(page.getByRole("link", { name: "An API with this identifier already exists." })).toBeVisible();
  await expect(identifier).toBeFocused();

  const publicClient = await portal.createPublicApplication();
  await identifier.fill(nameIdentifier());
  await page.getByLabel("Client IDs").fill(`${publicClient.clientId}\nnobody`);
  await expect(identifier).not.toHaveAttribute("aria-invalid", "true");
  await create(page);
  await expect(page.getByRole("link", { name: "There is no application with the client ID nobody." })).toBeVisible();
  await expect(page.getByRole("link", { name: `${publicClient.clientId} is a public client` })).toBeVisible();
  await expect(page.getByLabel("Client IDs")).toBeFocused();
  expect(await portal.database.api.count({ where: { name: "Twice" } })).toBe(0);
});

test("the whole form works with the keyboard", async ({ page, portal }) => {
  await signInAdministrator(page, portal);
  await page.goto("/o/apis/create/");
  await page.getByLabel("Identifier").focus();
  await page.keyboard.type(nameIdentifier());
  await page.keyboard.press("Tab");
  await page.keyboard.type("By keyboard");
  // By name: the first scope may be another test's, which may be gone when the form is submitted.
  const scope = page.getByRole("checkbox", { name: "read", exact: true });
  for (let stop = 0; stop < 50 && !(await isFocused(scope)); stop++) await page.keyboard.press("Tab");
  await expect(scope).toBeFocused();
  await page.keyboard.press("Space");
  await page.getByRole("radio", { name: "Opaque" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "JWT" })).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Access token lifetime in seconds")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(apiUrl);
  adopt(page, portal);
});

test("a long list is searched, filtered, sorted and has pages", async ({ page, portal }) => {
  const scope = await portal.createScope();
  const label = await portal.createApis(52, [scope]);
  const jwt = await portal.createApi({ name: `Warehouse ${label}`, scopes: [scope, "read"], tokenFormat: "jwt" });
  await signInAdministrator(page, portal);
  await page.goto("/o/apis/");
  await page.locator("h1").click();
  await page.keyboard.press("/");
  await page.keyboard.type(`ehouse ${label}`);
  await page.keyboard.press("Enter");
  const rows = page.getByRole("table", { name: "APIs" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(jwt.identifier);
  await page.getByRole("searchbox").fill(label);
  await page.keyboard.press("Enter");
  await expect(page.getByText("1–50 of 53")).toBeVisible();
  await page.getByRole("link", { name: "Created" }).click();
  await expect(rows.nth(1)).toContainText("0000");
  await expectFits(page);
  const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
  expect(Math.max(...heights)).toBeLessThanOrEqual(48);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText("51–53 of 53")).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`q=${label}`));
  await page.getByLabel("Tokens").selectOption("JWT");
  await expect(rows).toHaveCount(2);
  await page.getByRole("link", { name: jwt.name }).click();
  await expect(page.getByRole("heading", { name: jwt.name, level: 1 })).toBeVisible();

  await page.goto(`/o/scopes/?q=${scope}`);
  await page.getByRole("link", { name: "and 51 more" }).click();
  await expect(page.getByText("1–50 of 53")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Scope" })).toHaveValue(scope);
  await page.getByRole("combobox", { name: "Scope" }).selectOption("All scopes");
  await expect(page).toHaveURL(/\/o\/apis\/$/);
  await page.goto(`/o/apis/?q=nothing-like-${label}`);
  await expect(page.getByText("No matches")).toBeVisible();
  await expectFits(page);
  await page.getByRole("link", { name: "Clear search and filters" }).click();
  await expect(page).toHaveURL(/\/o\/apis\/$/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an API is created, changed and deleted; on an error the values stay", async ({ page, portal }) => {
    await signInAdministrator(page, portal);
    await page.goto("/o/apis/create/");
    const identifier = nameIdentifier();
    await page.getByLabel("Identifier").fill(identifier);
    await page.getByLabel("Name").fill("Plain");
    await page.getByRole("checkbox", { name: "write", exact: true }).check();
    await page.getByRole("radio", { name: "JWT" }).check();
    await page.getByLabel("Access token lifetime in seconds").fill("5");
    await create(page);
    await expect(page.getByRole("link", { name: /Enter whole seconds/ })).toHaveAttribute(
      "href",
      "#access_token_lifetime",
    );
    await expect(page.getByLabel("Access token lifetime in seconds")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Identifier")).toHaveValue(identifier);
    await expect(page.getByRole("checkbox", { name: "write", exact: true })).toBeChecked();
    await expect(page.getByRole("radio", { name: "JWT" })).toBeChecked();
    await page.getByLabel("Access token lifetime in seconds").fill("500");
    await create(page);
    await expect(page).toHaveURL(apiUrl);
    const id = adopt(page, portal);
    expect(await portal.database.api.findUnique({ where: { id } })).toMatchObject({
      identifier,
      scopes: ["write"],
      tokenFormat: "jwt",
      accessTokenLifetime: 500,
    });

    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel("Name").fill("Plainer");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("heading", { name: "Plainer", level: 1 })).toBeVisible();
    await page.getByRole("link", { name: "Delete API…" }).click();
    await page.getByLabel("Type the name to confirm").fill("Plainer");
    await page.getByRole("button", { name: "Delete API" }).click();
    await expect(page).toHaveURL(/\/o\/apis\/$/);
    expect(await portal.database.api.count({ where: { id } })).toBe(0);
  });
});
