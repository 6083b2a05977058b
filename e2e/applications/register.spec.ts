import { expect, expectAccessible, signIn, startSession, test } from "../support/playwright";
import {
  addressRow,
  applicationPath,
  applicationUrl,
  chooseKind,
  fillAddresses,
  findSaved,
  openAdvanced,
  openRegistration,
  readCsrf,
  redirectUris,
  register,
  secretField,
} from "./steps";

const callback = "http://127.0.0.1:8000/noexist/callback";

test("a web application as in the walk-through: a name, an address, and the defaults", async ({ page, portal }) => {
  const user = await portal.createUser();
  await page.goto("/o/applications/register");
  await expect(page).toHaveURL(/\/login\?next=%2Fo%2Fapplications%2Fregister%2F$/);
  await signIn(page, user);
  await expect(page).toHaveURL(/\/o\/applications\/register\/$/);

  const { clientId, clientSecret } = await openRegistration(page);
  expect(clientId).toMatch(/^[A-Za-z0-9]{40}$/);
  expect(clientSecret).toMatch(/^[A-Za-z0-9]{128}$/);
  await expect(
    page.getByRole("group", { name: "Kind of application" }).getByRole("radio", { checked: true }),
  ).toHaveValue("web");
  await expect(page.getByRole("definition")).toHaveText(["Confidential", "Authorization code", "Refresh token"]);
  await expectAccessible(page);
  await page.getByLabel("Name").fill("web-app");
  await fillAddresses(redirectUris(page), callback);
  await register(page);

  await expect(page).toHaveURL(applicationUrl);
  await expect(page.getByRole("heading", { name: "web-app", level: 1 })).toBeVisible();
  await expect(page).toHaveTitle("web-app · Quick start · Latchkey");
  await expect(secretField(page)).toHaveValue(clientSecret);
  await expectAccessible(page);
  const saved = await portal.database.application.findUniqueOrThrow({
    where: { clientId },
    include: { redirectUris: true },
  });
  expect(saved).toMatchObject({
    name: "web-app",
    kind: "web",
    ownerId: user.id,
    clientType: "confidential",
    grantTypes: ["authorization_code", "refresh_token"],
    allowedScopes: [],
    requirePkce: false,
    skipConsent: false,
    redirectUris: [{ uri: callback }],
  });
});

test("a machine needs no redirect URI", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  const { clientId } = await openRegistration(page);
  await page.getByLabel("Name").fill("nightly-export");
  await openAdvanced(page);
  await page.getByRole("checkbox", { name: "Authorization code" }).uncheck();
  await page.getByRole("checkbox", { name: "Client credentials" }).check();
  await expect(redirectUris(page)).toBeHidden();
  await register(page);
  await expect(page).toHaveURL(applicationUrl);
  const saved = await portal.database.application.findUniqueOrThrow({ where: { clientId } });
  expect(saved.grantTypes).toEqual(["client_credentials"]);
});

test("a public client gets no secret and a note about PKCE", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  const { clientId } = await openRegistration(page);
  await page.getByLabel("Name").fill("reader");
  await openAdvanced(page);
  await page.getByRole("radio", { name: "Public" }).check();
  await expect(secretField(page)).toBeHidden();
  await expect(page.getByText("It must use PKCE")).toBeVisible();
  await fillAddresses(redirectUris(page), "com.example.reader:/callback");
  await register(page);
  await expect(page).toHaveURL(applicationUrl);
  await expect(page.getByRole("button", { name: "I have stored it" })).toHaveCount(0);
  const where = { application: { clientId } };
  expect(await portal.database.clientSecret.count({ where })).toBe(0);
});

test("another secret can be generated before saving, and is the one that counts", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  const { clientSecret } = await openRegistration(page);
  await page.getByRole("button", { name: "Generate another" }).click();
  const field = secretField(page);
  await expect(field).not.toHaveValue(clientSecret);
  await expect(field).toHaveValue(/^[A-Za-z0-9]{128}$/);
  const another = await field.inputValue();
  await page.getByLabel("Name").fill("rotated");
  await fillAddresses(redirectUris(page), callback);
  await register(page);
  await expect(page).toHaveURL(applicationUrl);
  await expect(secretField(page)).toHaveValue(another);
});

test("redirect URIs are validated while they are typed", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  await openRegistration(page);
  const uris = redirectUris(page);
  await addressRow(uris).pressSequentially("http://app.example.com/callback");
  await expect(
    page.getByText("Plain http is only allowed for 127.0.0.1, [::1] and localhost: use https."),
  ).toBeVisible();
  await expect(addressRow(uris)).toHaveAttribute("aria-invalid", "true");
  await fillAddresses(uris, "https://app.example.com/cb#top");
  await expect(page.getByText("A redirect URI can’t have a fragment (#…).")).toBeVisible();
  await fillAddresses(uris, "https://*.example.com/cb");
  await expect(page.getByText("Wildcards (*) are not allowed")).toBeVisible();
  await fillAddresses(uris, "https://app.example.com/cb\nhttps://app.example.com/cb/");
  await expect(addressRow(uris)).not.toHaveAttribute("aria-invalid");
  await expect(page.getByText("only in the slash at the end")).toBeVisible();
  await fillAddresses(uris, "http://localhost:3000/cb\nhttp://127.0.0.1:3000/cb");
  await expect(page.getByText("only in localhost and 127.0.0.1")).toBeVisible();
  await fillAddresses(uris, "https://app.example.com/cb");
  await expect(page.getByText("Differs from row")).toHaveCount(0);
});

test("RFC 8252 §8.6: an administrator is warned of a scheme that any app can claim, and decides", async ({
  page,
  portal,
}) => {
  await startSession(page, await portal.createUser({ administrator: true }));
  const { clientId } = await openRegistration(page);
  await chooseKind(page, "Native app");
  await page.getByLabel("Name").fill("Editor");
  const uris = redirectUris(page);
  const warning = page.getByText("Any app on a device can take the scheme myapp: for itself.");
  await fillAddresses(uris, "cursor://host/callback\ncom.example.app:/callback");
  await expect(page.getByText("Any app on a device can take")).toHaveCount(0);
  await fillAddresses(uris, "javascript:alert(1)");
  await expect(page.getByText("The scheme javascript: is not allowed.")).toBeVisible();
  await fillAddresses(uris, "myapp://callback");
  await expect(warning).toBeVisible();
  await expect(addressRow(uris)).not.toHaveAttribute("aria-invalid");
  await expectAccessible(page);
  await register(page);
  await expect(page).toHaveURL(applicationUrl);
  const saved = await findSaved(portal, clientId);
  expect(saved.redirectUris.map(({ uri }) => uri)).toEqual(["myapp://callback"]);
  await page.goto(`${applicationPath(saved)}update/`);
  await expect(warning).toBeVisible();
});

test("only administrators allow a private scheme without a dot, unless it is well known", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  await openRegistration(page);
  await chooseKind(page, "Native app");
  const uris = redirectUris(page);
  await fillAddresses(uris, "myapp://callback");
  await expect(page.getByText("must be a reversed domain name")).toBeVisible();
  await fillAddresses(uris, "cursor://host/callback");
  await expect(addressRow(uris)).not.toHaveAttribute("aria-invalid");
});

test("an incomplete form names what is missing, links to it and moves the focus there", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  await openRegistration(page);
  await fillAddresses(redirectUris(page), "https://app.example.com/cb#top");
  await register(page);
  const summary = page.getByRole("alert").filter({ hasText: "Nothing has been saved yet" });
  await expect(summary.getByRole("link")).toHaveText(["Enter a name.", /A redirect URI can’t have a fragment/]);
  await expect(page.getByLabel("Name")).toBeFocused();
  await expectAccessible(page);
  await summary.getByRole("link").last().click();
  await expect(redirectUris(page)).toBeFocused();
  await openAdvanced(page);
  await page.getByRole("radio", { name: "Public" }).check();
  await page.getByRole("checkbox", { name: "Client credentials" }).check();
  await expect(
    page.getByText("A public client can’t prove who it is, so it can’t use client credentials."),
  ).toBeVisible();
});

test("if it is sent twice, it is registered once and says so", async ({ page, portal }) => {
  const user = await portal.createUser();
  await startSession(page, user);
  const { clientId } = await openRegistration(page);
  await page.getByLabel("Name").fill("first");
  await fillAddresses(redirectUris(page), callback);
  await register(page);
  await expect(page).toHaveURL(applicationUrl);

  await openRegistration(page);
  await page.getByLabel("Name").fill("second");
  await page.getByLabel("Client id").fill(clientId);
  await fillAddresses(redirectUris(page), callback);
  await register(page);
  await expect(page.getByRole("link", { name: "That client ID is already taken." })).toBeVisible();
  await expect(page.getByLabel("Client id")).toBeFocused();
  await expect(page.getByLabel("Name")).toHaveValue("second");
  expect(await portal.database.application.count({ where: { ownerId: user.id } })).toBe(1);
});

test("only an administrator may let an application skip consent", async ({ page, portal }) => {
  const user = await portal.createUser();
  await startSession(page, user);
  await openRegistration(page);
  await openAdvanced(page);
  await expect(page.getByRole("checkbox", { name: "Require PKCE" })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Skip consent" })).toHaveCount(0);
  await page.getByLabel("Name").fill("sly");
  await fillAddresses(redirectUris(page), callback);
  await page.getByLabel("Name").evaluate((field: HTMLInputElement) => {
    field.insertAdjacentHTML("afterend", '<input type="hidden" name="skip_consent" value="on">');
  });
  await register(page);
  await expect(page.getByText("Only an administrator can let an application skip consent.")).toBeVisible();
  expect(await portal.database.application.count({ where: { ownerId: user.id } })).toBe(0);
});

test("an administrator lets an application skip consent and limits its scopes", async ({ page, portal }) => {
  await startSession(page, await portal.createUser({ administrator: true }));
  const { clientId } = await openRegistration(page);
  await page.getByLabel("Name").fill("intranet");
  await fillAddresses(redirectUris(page), callback);
  await openAdvanced(page);
  await page.getByRole("checkbox", { name: "read", exact: true }).check();
  await page.getByRole("checkbox", { name: "Require PKCE" }).check();
  await page.getByRole("checkbox", { name: "Skip consent" }).check();
  await register(page);
  await expect(page).toHaveURL(applicationUrl);
  const saved = await portal.database.application.findUniqueOrThrow({ where: { clientId } });
  expect(saved).toMatchObject({ allowedScopes: ["read"], requirePkce: true, skipConsent: true });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("on an error the values stay, and then it is registered", async ({ page, portal }) => {
    await startSession(page, await portal.createUser());
    const { clientId, clientSecret } = await openRegistration(page);
    await page.getByLabel("Name").fill("plain-app");
    await fillAddresses(redirectUris(page), "http://app.example.com/cb https://app.example.com/cb");
    await openAdvanced(page);
    await page.getByRole("checkbox", { name: "Client credentials" }).check();
    await page.getByRole("checkbox", { name: "Refresh token" }).uncheck();
    await register(page);

    await expect(page.getByText("Nothing has been saved yet")).toBeVisible();
    await expect(page.getByRole("link", { name: /Plain http is only allowed/ })).toHaveAttribute(
      "href",
      "#redirect_uris",
    );
    await expect(addressRow(redirectUris(page))).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Name")).toHaveValue("plain-app");
    await expect(page.getByLabel("Client id")).toHaveValue(clientId);
    await expect(secretField(page)).toHaveValue(clientSecret);
    await expect(page.getByRole("checkbox", { name: "Client credentials" })).toBeChecked();
    await expect(page.getByRole("checkbox", { name: "Refresh token" })).not.toBeChecked();

    await fillAddresses(redirectUris(page), "https://app.example.com/cb https://app.example.com/cb2");
    await register(page);
    await expect(page).toHaveURL(applicationUrl);
    await expect(secretField(page)).toHaveValue(clientSecret);
    const saved = await portal.database.application.findUniqueOrThrow({
      where: { clientId },
      include: { redirectUris: { orderBy: { position: "asc" } } },
    });
    expect(saved.grantTypes).toEqual(["authorization_code", "client_credentials"]);
    expect(saved.redirectUris.map(({ uri }) => uri)).toEqual([
      "https://app.example.com/cb",
      "https://app.example.com/cb2",
    ]);
  });

  test("choosing a public client hides the secret", async ({ page, portal }) => {
    await startSession(page, await portal.createUser());
    await openRegistration(page);
    await openAdvanced(page);
    await page.getByRole("radio", { name: "Public" }).check();
    await expect(secretField(page)).toBeHidden();
  });

  test("a form that no page of this browser created is refused and keeps its values", async ({ page, portal }) => {
    const user = await portal.createUser();
    await startSession(page, user);
    await openRegistration(page);
    expect(await readCsrf(page)).not.toBe("");
    // Without the browser's ID there would be no session either, so only the token can be wrong here.
    const csrf = page.locator("main form input[name=csrf]").first();
    await csrf.evaluate((input) => input.setAttribute("value", "of another browser"));
    await page.getByLabel("Name").fill("late");
    await fillAddresses(redirectUris(page), callback);
    await register(page);
    await expect(page.getByText("The page was open for too long. Submit the form again.")).toBeVisible();
    await expect(page.getByLabel("Name")).toHaveValue("late");
    expect(await portal.database.application.count({ where: { ownerId: user.id } })).toBe(0);
  });
});
