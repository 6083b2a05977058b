import type { Page } from "@playwright/test";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { expect, expectFitsEverywhere, signIn, startSession, test } from "../support/playwright";
import {
  applicationPath,
  applicationUrl,
  chooseKind,
  fillAddresses,
  findSaved,
  openAdvanced,
  openRegistration,
  redirectUris,
  register,
  registerPath,
  secretField,
} from "./steps";

const settingsLine = (page: Page) => page.getByRole("definition");

const kinds = [
  {
    label: "Web application",
    redirectUri: "https://app.example.com/callback",
    settings: ["Confidential", "Authorization code", "Refresh token"],
    saved: { kind: "web", clientType: "confidential", grantTypes: ["authorization_code", "refresh_token"] },
    origins: [],
  },
  {
    label: "Single-page app",
    redirectUri: "https://app.example.com/callback",
    settings: ["Public, with PKCE", "Authorization code", "Refresh token"],
    saved: { kind: "single_page", clientType: "public", grantTypes: ["authorization_code", "refresh_token"] },
    origins: ["https://app.example.com"],
  },
  {
    label: "Native app",
    redirectUri: "com.example.app:/callback",
    settings: ["Public, with PKCE", "Authorization code", "Refresh token"],
    saved: { kind: "native", clientType: "public", grantTypes: ["authorization_code", "refresh_token"] },
    origins: [],
  },
  {
    label: "Machine",
    redirectUri: null,
    settings: ["Confidential", "Client credentials"],
    saved: { kind: "machine", clientType: "confidential", grantTypes: ["client_credentials"] },
    origins: [],
  },
  {
    label: "Device",
    redirectUri: null,
    settings: ["Public, with PKCE", "Device code", "Refresh token"],
    saved: { kind: "device", clientType: "public", grantTypes: [deviceCodeGrant, "refresh_token"] },
    origins: [],
  },
] as const;

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    for (const { label, redirectUri, settings, saved, origins } of kinds) {
      test(`${label}: a name and, if users return to it, an address are enough`, async ({ page, portal }) => {
        await startSession(page, await portal.createUser());
        const { clientId, clientSecret } = await openRegistration(page);
        await chooseKind(page, label);
        if (javaScriptEnabled) await expect(settingsLine(page)).toHaveText([...settings]);
        await expect(redirectUris(page)).toBeVisible({ visible: redirectUri !== null });
        await expect(secretField(page)).toBeVisible({ visible: saved.clientType === "confidential" });
        await page.getByLabel("Name").fill(`A ${saved.kind}`);
        if (redirectUri) await fillAddresses(redirectUris(page), redirectUri);
        await register(page);

        await expect(page).toHaveURL(applicationUrl);
        const application = await findSaved(portal, clientId);
        expect(application).toMatchObject({ ...saved, allowedOrigins: origins, requirePkce: false });
        expect(application.redirectUris.map(({ uri }) => uri)).toEqual(redirectUri ? [redirectUri] : []);
        expect(application.secrets.map(({ lastFour }) => lastFour)).toEqual(
          saved.clientType === "confidential" ? [clientSecret.slice(-4)] : [],
        );
        await page.goto(applicationPath(application));
        await expect(page.getByText(label, { exact: true })).toBeVisible();
        await page.goto(applicationPath(application, "sign-in/"));
        await expect(page.getByRole("heading", { name: "Sign-out" })).toHaveCount(saved.kind === "machine" ? 0 : 1);
      });
    }
  });
}

test("settings follow the kind until they are changed by hand", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  await openRegistration(page);
  await page.getByRole("radio", { name: "Web application" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Single-page app" })).toBeFocused();
  await expect(settingsLine(page)).toHaveText(["Public, with PKCE", "Authorization code", "Refresh token"]);
  await chooseKind(page, "Web application");
  await expect(settingsLine(page)).toHaveText(["Confidential", "Authorization code", "Refresh token"]);
  await openAdvanced(page);
  await page.getByRole("checkbox", { name: "Refresh token" }).uncheck();
  await chooseKind(page, "Device");
  await expect(settingsLine(page)).toHaveText(["Confidential", "Authorization code"]);
});

test("a link can prefill the form, and invalid values in it are ignored", async ({ page, portal }) => {
  await page.goto(`${registerPath}all-settings/?kind=device`);
  await signIn(page, await portal.createUser());
  await expect(page.getByRole("radio", { name: "Device" })).toBeChecked();
  await expect(settingsLine(page)).toHaveText(["Public, with PKCE", "Device code", "Refresh token"]);
  await page.goto(`${registerPath}?kind=spaceship&kind=__proto__`);
  await expect(page.getByRole("radio", { name: "Web application" })).toBeChecked();
});

test("the origins of a single-page app follow its addresses", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({
    registrant: owner,
    kind: "single_page",
    clientType: "public",
    redirectUris: ["https://app.example.com/callback"],
    allowedOrigins: ["https://app.example.com"],
  });
  await startSession(page, owner);
  await page.goto(`${applicationPath(application)}update/`);
  await fillAddresses(redirectUris(page), "https://staging.example.com/callback");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(applicationUrl);
  const { allowedOrigins } = await findSaved(portal, application.clientId);
  expect(allowedOrigins).toEqual(["https://staging.example.com"]);
});

test("an application without a kind is edited without one, and can get one", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  await startSession(page, owner);
  const edit = () => page.goto(`${applicationPath(application)}update/`);
  const save = async () => {
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page).toHaveURL(applicationUrl);
    return findSaved(portal, application.clientId);
  };
  await edit();
  await expect(
    page.getByRole("group", { name: "Kind of application" }).getByRole("radio", { checked: true }),
  ).toHaveCount(0);
  expect(await save()).toMatchObject({ kind: null, grantTypes: ["authorization_code", "refresh_token"] });
  await edit();
  await chooseKind(page, "Web application");
  expect(await save()).toMatchObject({ kind: "web", grantTypes: ["authorization_code", "refresh_token"] });
});

for (const { label } of kinds) {
  test(`the form is accessible, in both themes, from desktop to phone: ${label}`, async ({ page, portal }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await startSession(page, await portal.createUser({ administrator: true }));
    await openRegistration(page);
    await chooseKind(page, label);
    await openAdvanced(page);
    await expectFitsEverywhere(page);
  });
}
