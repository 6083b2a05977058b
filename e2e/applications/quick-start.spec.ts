import { exportJWK, generateKeyPair } from "jose";
import { createTv, forgetGuesses } from "../support/device-client";
import { expect, startSession, test } from "../support/playwright";
import { noteSecret } from "../support/secrets-seen";
import { applicationPath, readCode, runInShell, runProgram } from "./steps";

test("the link and the commands of the page work unchanged", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  const CLIENT_SECRET = application.clientSecret;
  await startSession(page, owner);
  await page.goto(applicationPath(application, "quick-start/"));
  const exchange = await readCode(page, "Exchange the code");
  const refresh = await readCode(page, "Refresh the access token");
  const callApi = await readCode(page, "Call the sample API");

  await page.getByRole("link", { name: "Try the authorize link" }).click();
  await expect(page.getByRole("heading", { name: application.name, level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Authorize", exact: true }).click();
  await expect(page).toHaveURL(/\/noexist\/callback\?code=/);
  const CODE = new URL(page.url()).searchParams.get("code") ?? "";
  noteSecret(CODE);

  const tokens = JSON.parse(await runInShell(exchange, { CLIENT_SECRET, CODE }));
  noteSecret(tokens.access_token);
  noteSecret(tokens.refresh_token);
  const renewed = JSON.parse(await runInShell(refresh, { CLIENT_SECRET, REFRESH_TOKEN: tokens.refresh_token }));
  noteSecret(renewed.access_token);
  noteSecret(renewed.refresh_token);
  const resource = JSON.parse(await runInShell(callApi, { ACCESS_TOKEN: renewed.access_token }));
  expect(resource.application).toMatchObject({ client_id: application.clientId });

  await page.goto(applicationPath(application, "credentials/"));
  const row = page.getByRole("table", { name: "Client secrets" }).getByRole("row").filter({ hasText: "First secret" });
  await expect(row).toContainText("just now");
});

test("a machine's command gets a token", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const machine = await portal.createMachine({ owner });
  await startSession(page, owner);
  await page.goto(applicationPath(machine, "quick-start/"));
  await expect(page.getByRole("link", { name: "Try the authorize link" })).toHaveCount(0);
  const line = await readCode(page, "Get a token for the application itself");
  const answer = JSON.parse(await runInShell(line, { CLIENT_SECRET: machine.clientSecret }));
  noteSecret(answer.access_token);
  expect(answer).toMatchObject({ token_type: "Bearer", scope: "read write" });
});

test("if PKCE is required, the commands create the link with a challenge", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner, requirePkce: true });
  await startSession(page, owner);
  await page.goto(applicationPath(application, "quick-start/"));
  await expect(page.getByRole("link", { name: "Try the authorize link" })).toHaveCount(0);
  const lines = await readCode(page, "Authorize link with PKCE");
  const exchange = await readCode(page, "Exchange the code");
  const [link = "", CODE_VERIFIER = ""] = (await runInShell(`${lines}\necho "$CODE_VERIFIER"`)).split("\n");
  noteSecret(CODE_VERIFIER);
  await page.goto(link);
  await page.getByRole("button", { name: "Authorize", exact: true }).click();
  await expect(page).toHaveURL(/\/noexist\/callback\?code=/);
  const CODE = new URL(page.url()).searchParams.get("code") ?? "";
  noteSecret(CODE);
  const { clientSecret: CLIENT_SECRET } = application;
  const tokens = JSON.parse(await runInShell(exchange, { CLIENT_SECRET, CODE, CODE_VERIFIER }));
  noteSecret(tokens.access_token);
  noteSecret(tokens.refresh_token);
  expect(tokens.token_type).toBe("Bearer");
});

/** Plays the application's web server: prints the link and receives the address to which the browser returns. */
const webServer = `
console.log(link.href);
const { text } = await import("node:stream/consumers");
const currentUrl = new URL((await text(process.stdin)).trim());`;

const fapi = {
  securityProfile: "fapi2_message_signing",
  tokenEndpointAuthMethod: "private_key_jwt",
} as const;

for (const profile of [{}, fapi]) {
  test(`the program of a web application signs users in${profile === fapi ? ", by FAPI 2.0 with message signing too" : ""}`, async ({
    page,
    portal,
  }) => {
    const owner = await portal.createUser();
    const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "mine" }] };
    const application = await portal.createApplication({ owner, ...profile, ...(profile === fapi ? { jwks } : {}) });
    const PRIVATE_JWK = JSON.stringify({ ...(await exportJWK(privateKey)), kid: "mine" });
    noteSecret(PRIVATE_JWK);
    await startSession(page, owner);
    await page.goto(applicationPath(application, "quick-start/"));
    const program = (await readCode(page, "openid-client, on Node.js")).replace(
      /^\/\/ It comes back to.*$/m,
      webServer,
    );
    const environment = { PRIVATE_JWK, CLIENT_SECRET: application.clientSecret };
    const lines = await runProgram(program, environment, async (line) => {
      if (!line.startsWith("http")) return null;
      await page.goto(line);
      await page.getByRole("button", { name: "Authorize", exact: true }).click();
      await expect(page).toHaveURL(/\/noexist\/callback\?/);
      const { searchParams } = new URL(page.url());
      noteSecret(searchParams.get("code") ?? searchParams.get("response") ?? "");
      return page.url();
    });
    expect(lines.join("\n")).toContain(`sub: '${owner.id}'`);
  });
}

test("the program of a machine gets a token", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const machine = await portal.createMachine({ owner, dpopBoundAccessTokens: true });
  await startSession(page, owner);
  await page.goto(applicationPath(machine, "quick-start/"));
  const program = await readCode(page, "openid-client, on Node.js");
  expect(await runProgram(program, { CLIENT_SECRET: machine.clientSecret })).toEqual(["read write"]);
});

test("the program of a device waits until a user has allowed it", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const tv = await createTv(portal, { owner });
  await startSession(page, owner);
  await page.goto(applicationPath(tv, "quick-start/"));
  const program = await readCode(page, "openid-client, on Node.js");
  const lines = await runProgram(program, {}, async (line) => {
    const [, address, code] = /^Open (\S+) and enter (\S+)$/.exec(line) ?? [];
    if (!address || !code) return null;
    noteSecret(code);
    await forgetGuesses(portal, owner);
    await page.goto(address);
    await page.getByLabel("Code").fill(code);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Authorize" }).click();
    await expect(page).toHaveURL(/\/o\/device\/done/);
    return null;
  });
  expect(lines.at(-1)).toBe("openid profile email");
});
