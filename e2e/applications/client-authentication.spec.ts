import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { issuer } from "../support/environment";
import { expect, expectAccessible, startSession, test } from "../support/playwright";
import { noteSecret } from "../support/secrets-seen";
import { requestToken } from "../support/token-client";
import {
  addressRow,
  applicationPath,
  applicationUrl,
  chooseKind,
  fillAddresses,
  openAdvanced,
  openRegistration,
  openTab,
  readAddresses,
  redirectUris,
  secretField,
} from "./steps";

async function makeKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const [publicJwk, privateJwk] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)]);
  return { privateKey, publicJwk: { ...publicJwk, kid }, privateJwk: { ...privateJwk, kid } };
}

test("an application with a key: registered without a secret, and gets a token", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  const { clientId } = await openRegistration(page);
  const { privateKey, publicJwk, privateJwk } = await makeKey("key-of-november");
  await page.getByLabel("Name").fill("nightly-export");
  await chooseKind(page, "Machine");
  await openAdvanced(page);
  await expect(page.getByLabel("Assertion signing algorithm")).toBeHidden();
  await page.getByRole("radio", { name: "With its own key" }).check();
  await expect(page.getByLabel("Assertion signing algorithm")).toBeVisible();
  await expect(secretField(page)).toBeHidden();
  await expectAccessible(page);

  const keys = page.getByLabel("Public keys");
  await keys.fill(JSON.stringify({ keys: [privateJwk] }));
  await expect(page.getByText("It contains the private key.")).toBeVisible();
  await page.getByRole("button", { name: "Register application" }).click();
  await expect(page.getByText("Nothing has been saved yet")).toBeVisible();
  await expect(keys).toBeFocused();
  await keys.fill(JSON.stringify({ keys: [publicJwk] }));
  await page.getByRole("button", { name: "Register application" }).click();

  await expect(page).toHaveURL(applicationUrl);
  await expect(page.getByRole("button", { name: "I have stored it" })).toHaveCount(0);
  await openTab(page, "Overview");
  await expect(page.getByText("With its own key")).toBeVisible();
  await openTab(page, "Credentials");
  await expect(page.getByText("key-of-november", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Client secrets" })).toHaveCount(0);
  await expectAccessible(page);
  const saved = await portal.database.application.findUniqueOrThrow({
    where: { clientId },
    include: { secrets: true },
  });
  expect(saved).toMatchObject({ tokenEndpointAuthMethod: "private_key_jwt", jwks: { keys: [publicJwk] }, secrets: [] });

  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: "ES256", kid: publicJwk.kid })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setExpirationTime("1m")
    .sign(privateKey);
  noteSecret(assertion);
  const answer = await requestToken({
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
  });
  expect(answer.status).toBe(200);
});

test("from a secret to a key and back: hidden values are not kept", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  const { publicJwk } = await makeKey("one");
  const where = { id: application.id };
  await startSession(page, owner);
  const edit = async () => {
    await page.goto(`${applicationPath(application)}update/`);
    await openAdvanced(page);
  };
  const save = async () => {
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page).toHaveURL(applicationUrl);
  };
  await edit();
  await page.getByRole("radio", { name: "With its own key" }).check();
  await page.getByLabel("Or JWKS URI").fill("http://app.example.com/jwks.json");
  await expect(page.getByText("Enter a complete https address, without a fragment.")).toBeVisible();
  await page.getByLabel("Or JWKS URI").fill("https://10.0.0.1/jwks.json");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("link", { name: /The address leads into a private network/ })).toBeVisible();
  await page.getByLabel("Or JWKS URI").fill("https://app.example.com/jwks.json");
  await save();
  await openTab(page, "Credentials");
  await expect(page.getByText("https://app.example.com/jwks.json", { exact: true })).toBeVisible();
  await edit();
  await page.getByLabel("Or JWKS URI").fill("");
  await page.getByLabel("Public keys").fill(JSON.stringify(publicJwk));
  await save();
  expect(await portal.database.application.findUniqueOrThrow({ where })).toMatchObject({
    jwks: { keys: [publicJwk] },
    jwksUri: null,
  });
  await edit();
  await page.getByRole("radio", { name: "With its secret, in the header only" }).check();
  await save();
  await expect(page.getByText("With its secret, in the header only")).toBeVisible();
  // The keys stay, because they may sign its requests.
  expect(await portal.database.application.findUniqueOrThrow({ where })).toMatchObject({
    tokenEndpointAuthMethod: "client_secret_basic",
    jwks: { keys: [publicJwk] },
  });
  await edit();
  await page.getByLabel("Public keys").fill("not JSON, and soon out of sight");
  await page.getByRole("radio", { name: "Public" }).check();
  await expect(page.getByLabel("Public keys")).toBeHidden();
  await save();
  expect(await portal.database.application.findUniqueOrThrow({ where })).toMatchObject({
    clientType: "public",
    tokenEndpointAuthMethod: null,
    jwks: null,
  });
});

test("origins and switches are saved, shown and restored; a trailing slash is explained", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  await startSession(page, owner);
  await page.goto(`${applicationPath(application)}update/`);
  await openAdvanced(page);
  const origins = page.getByRole("group", { name: "Allowed origins (CORS)" });
  await fillAddresses(origins, "https://app.example.com/");
  await expect(page.getByText("Leave out the slash at the end: https://app.example.com")).toBeVisible();
  await expect(addressRow(origins)).toHaveAttribute("aria-invalid", "true");
  await fillAddresses(origins, "https://app.example.com\nhttp://localhost:3000");
  await page.getByRole("checkbox", { name: "Require pushed requests (PAR)" }).check();
  await page.getByRole("checkbox", { name: "Only sender-constrained tokens (DPoP)" }).check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(applicationUrl);
  await expect(page.getByText("Always bound to a key of the application (DPoP)")).toBeVisible();
  await openTab(page, "Permissions");
  await expect.poll(() => readAddresses(origins)).toEqual(["https://app.example.com", "http://localhost:3000"]);
  await expectAccessible(page);
  expect(await portal.database.application.findUniqueOrThrow({ where: { id: application.id } })).toMatchObject({
    allowedOrigins: ["https://app.example.com", "http://localhost:3000"],
    requirePushedAuthorizationRequests: true,
    dpopBoundAccessTokens: true,
    tokenEndpointAuthMethod: null,
  });
  await page.goto(`${applicationPath(application)}update/`);
  await expect.poll(() => readAddresses(origins)).toEqual(["https://app.example.com", "http://localhost:3000"]);
  await expect(page.getByRole("checkbox", { name: "Require pushed requests (PAR)" })).toBeChecked();
  await expectAccessible(page);
});

test("a client ID that looks like a user's ID is refused (RFC 9700 §4.15)", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  await openRegistration(page);
  await page.getByLabel("Client id").fill("0198c1b2-77aa-7c3e-9f00-1234567890ab");
  await expect(page.getByText("A client ID can’t be a UUID")).toBeVisible();
});

test("a one-line error doesn't move anything below it", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  await openRegistration(page);
  const below = secretField(page);
  await page.getByLabel("Client id").focus();
  const before = await below.boundingBox();
  await page.getByLabel("Client id").fill("with space");
  await expect(page.getByText("Use 1 to 255 visible ASCII characters")).toBeVisible();
  expect(await below.boundingBox()).toEqual(before);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the key set comes back with its error, in an open form", async ({ page, portal }) => {
    await startSession(page, await portal.createUser());
    const { clientId } = await openRegistration(page);
    const { publicJwk, privateJwk } = await makeKey("one");
    await page.getByLabel("Name").fill("plain-app");
    await fillAddresses(redirectUris(page), "https://app.example.com/cb");
    await openAdvanced(page);
    await page.getByRole("radio", { name: "With its own key" }).check();
    await page.getByLabel("Public keys").fill(JSON.stringify(privateJwk));
    await page.getByRole("button", { name: "Register application" }).click();
    await expect(page.getByRole("link", { name: /It contains the private key/ })).toHaveAttribute("href", "#jwks");
    await expect(page.getByRole("radio", { name: "With its own key" })).toBeChecked();
    await expect(page.getByLabel("Public keys")).toHaveValue(JSON.stringify(privateJwk));
    await page.getByLabel("Public keys").fill(JSON.stringify(publicJwk));
    await page.getByRole("button", { name: "Register application" }).click();
    await expect(page).toHaveURL(applicationUrl);
    const saved = await portal.database.application.findUniqueOrThrow({ where: { clientId } });
    expect(saved.jwks).toEqual({ keys: [publicJwk] });
  });
});
