import { exportJWK, generateKeyPair } from "jose";
import { expectFits } from "../admin/steps";
import { expect, expectAccessible, startSession, test } from "../support/playwright";
import {
  applicationPath,
  applicationUrl,
  chooseKind,
  fillAddresses,
  findSaved,
  openAdvanced,
  openRegistration,
  openTab,
  readAddresses,
  redirectUris,
  register,
  secretField,
} from "./steps";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("an error under Advanced opens it, and all values stay", async ({ page, portal }) => {
      await startSession(page, await portal.createUser());
      const { clientId } = await openRegistration(page);
      await chooseKind(page, "Single-page app");
      await page.getByLabel("Name").fill("wrong at first");
      await fillAddresses(redirectUris(page), "https://app.example.com/callback");
      await openAdvanced(page);
      await page.getByLabel("Default max age (seconds)").fill("an hour");
      await page.getByLabel("Front-channel sign-out").fill("https://elsewhere.example.com/logout");
      await page.getByRole("checkbox", { name: "Require auth_time" }).check();
      await page.getByText("Advanced", { exact: true }).click();
      await register(page);

      const age = page.getByLabel("Default max age (seconds)");
      await expect(page.getByRole("link", { name: "Enter a whole number of seconds." })).toHaveAttribute(
        "href",
        "#default_max_age",
      );
      await expect(page.getByRole("link", { name: /scheme, host and port of one of the redirect URIs/ })).toBeVisible();
      await expect(age).toBeVisible();
      await expect(age).toHaveValue("an hour");
      await expect(age).toHaveAttribute("aria-invalid", "true");
      if (javaScriptEnabled) await expect(age).toBeFocused();
      await expect(page.getByRole("radio", { name: "Single-page app" })).toBeChecked();
      await expect(page.getByLabel("Name")).toHaveValue("wrong at first");
      await expect(page.getByRole("checkbox", { name: "Require auth_time" })).toBeChecked();
      // It is validated by a script.
      if (javaScriptEnabled) await expectAccessible(page);

      await age.fill("3600");
      await page.getByLabel("Front-channel sign-out").fill("https://app.example.com/logout");
      await register(page);
      await expect(page).toHaveURL(applicationUrl);
      expect(await findSaved(portal, clientId)).toMatchObject({
        kind: "single_page",
        clientType: "public",
        allowedOrigins: ["https://app.example.com"],
        defaultMaxAge: 3600,
        requireAuthTime: true,
        frontchannelLogoutUri: "https://app.example.com/logout",
      });
    });
  });
}

/** What is typed, by label, and what is stored. */
const typed: Record<string, string> = {
  "Sector identifier": "",
  "Default max age (seconds)": "600",
  "Default ACR values": "1",
  "Initiate login URI": "https://app.example.com/login",
  "Back-channel sign-out": "https://app.example.com/backchannel",
  "Front-channel sign-out": "https://app.example.com/frontchannel",
};
const listed: Record<string, string[]> = {
  "Addresses of signed requests": ["https://app.example.com/request.jwt#1"],
  "Addresses after sign-out": ["https://app.example.com/bye", "https://app.example.com/goodbye"],
};
const chosen: Record<string, string> = {
  "Request object signing algorithm": "PS256",
  "ID tokens signed with": "ES256",
  "Userinfo signed with": "EdDSA",
  "Authorization responses signed with": "PS256",
  "Introspection responses signed with": "ES256",
};

test("everything under Advanced is stored, shown on the page of the application, and restored in the form", async ({
  page,
  portal,
}) => {
  const owner = await portal.createUser();
  await startSession(page, owner);
  const { clientId } = await openRegistration(page);
  await page.getByLabel("Name").fill("particular");
  await fillAddresses(redirectUris(page), "https://app.example.com/callback");
  await openAdvanced(page);
  await page.getByRole("radio", { name: "Pairwise" }).check();
  for (const [label, text] of Object.entries(typed)) await page.getByLabel(label).fill(text);
  const list = (name: string) => page.getByRole("group", { name });
  for (const [label, addresses] of Object.entries(listed)) await fillAddresses(list(label), addresses.join("\n"));
  for (const [label, value] of Object.entries(chosen)) await page.getByLabel(label).selectOption(value);
  await page.getByRole("checkbox", { name: "Require auth_time" }).check();
  await page.getByRole("checkbox", { name: "Require session ID (back-channel)" }).check();
  await register(page);
  await expect(page).toHaveURL(applicationUrl);
  const stored = {
    subjectType: "pairwise",
    sectorIdentifierUri: null,
    requestUris: ["https://app.example.com/request.jwt#1"],
    requestObjectSigningAlg: "PS256",
    idTokenSignedResponseAlg: "ES256",
    userinfoSignedResponseAlg: "EdDSA",
    authorizationSignedResponseAlg: "PS256",
    introspectionSignedResponseAlg: "ES256",
    defaultMaxAge: 600,
    requireAuthTime: true,
    defaultAcrValues: ["1"],
    initiateLoginUri: "https://app.example.com/login",
    postLogoutRedirectUris: ["https://app.example.com/bye", "https://app.example.com/goodbye"],
    backchannelLogoutUri: "https://app.example.com/backchannel",
    backchannelLogoutSessionRequired: true,
    frontchannelLogoutUri: "https://app.example.com/frontchannel",
    frontchannelLogoutSessionRequired: false,
  };
  const { id, ...saved } = await findSaved(portal, clientId);
  expect(saved).toMatchObject(stored);

  await startSession(page, await portal.createUser({ portalRole: "auditor" }));
  await page.goto(applicationPath({ id }, "sign-in/"));
  for (const text of ["Pairwise", "At userinfo", "Signed with ES256", "600 seconds at most"]) {
    await expect(page.getByText(text, { exact: true })).toBeVisible();
  }
  for (const address of ["bye", "goodbye", "backchannel", "frontchannel"]) {
    await expect(page.getByText(`https://app.example.com/${address}`, { exact: true })).toBeVisible();
  }
  await expectFits(page);
  await expect(page.getByRole("button", { name: "Save changes" })).toHaveCount(0);

  await startSession(page, owner);
  await page.goto(`${applicationPath({ id })}update/`);
  await expect(page.getByLabel("Back-channel sign-out")).toBeVisible();
  for (const [label, text] of Object.entries(typed)) await expect(page.getByLabel(label)).toHaveValue(text);
  for (const [label, addresses] of Object.entries(listed)) expect(await readAddresses(list(label))).toEqual(addresses);
  for (const [label, value] of Object.entries(chosen)) await expect(page.getByLabel(label)).toHaveValue(value);
  await expectFits(page);
  await page.getByLabel("Name").fill("particular still");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { name: "particular still", level: 1 })).toBeVisible();
  expect(await findSaved(portal, clientId)).toMatchObject(stored);
});

test("a security profile shows what it sets, doesn't ask for it, and names conflicting values", async ({
  page,
  portal,
}) => {
  await startSession(page, await portal.createUser());
  const { clientId } = await openRegistration(page);
  await page.getByLabel("Name").fill("bank");
  await fillAddresses(redirectUris(page), "https://bank.example.com/callback");
  await openAdvanced(page);
  await page.getByRole("radio", { name: "FAPI 2.0", exact: true }).check();
  await expect(page.getByText("Every token is bound to a key of the application (DPoP).")).toBeVisible();
  await expect(page.getByText("Authorization requests are signed by the application (JAR).")).toBeHidden();
  await page.getByRole("radio", { name: "FAPI 2.0 with message signing" }).check();
  await expect(page.getByText("Authorization requests are signed by the application (JAR).")).toBeVisible();
  for (const name of ["Require PKCE", "Require pushed requests (PAR)", "Only signed requests (JAR)"]) {
    await expect(page.getByRole("checkbox", { name })).toBeHidden();
  }
  await expect(secretField(page)).toBeHidden();
  await expectFits(page);

  await page.getByRole("radio", { name: "Public" }).check();
  await expect(page.getByText("A FAPI 2.0 profile is for confidential clients")).toBeVisible();
  await page.getByRole("radio", { name: "Confidential" }).check();
  await expect(page.getByText("A FAPI 2.0 profile is for confidential clients")).toHaveCount(0);
  await register(page);
  await expect(page.getByLabel("Public keys")).toBeFocused();
  const { publicKey } = await generateKeyPair("PS256");
  await page.getByLabel("Public keys").fill(JSON.stringify({ keys: [await exportJWK(publicKey)] }));
  await register(page);

  await expect(page).toHaveURL(applicationUrl);
  await openTab(page, "Overview");
  await expect(page.getByText("FAPI 2.0 with message signing", { exact: true })).toBeVisible();
  await expect(page.getByText("Always, with PS256")).toBeVisible();
  expect(await findSaved(portal, clientId)).toMatchObject({
    securityProfile: "fapi2_message_signing",
    tokenEndpointAuthMethod: "private_key_jwt",
    requirePkce: true,
    requirePushedAuthorizationRequests: true,
    dpopBoundAccessTokens: true,
    requireSignedRequestObject: true,
    idTokenSignedResponseAlg: "PS256",
    secrets: [],
  });
});
