import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { expectOAuthError } from "../support/expectations";
import { startRegistrationWithSite, toTestApplication } from "../support/registering";
import { noteSecret } from "../support/secrets-seen";
import { authorizationOf, requestToken, type TokenAnswer } from "../support/token-client";
import { test } from "../support/vitest";
import { waitFor } from "../support/wait-for";

const { servers, site, register } = startRegistrationWithSite({ TOKEN_ENDPOINT_AUDIENCE: "1" });

const redirect_uris = ["https://app.example.test/callback"];

interface Signer {
  kid: string;
  privateKey: CryptoKey;
}

/** Creates a key and publishes it as the only one at this path. */
async function publishKey(path: string, kid: string): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  site.publish(path, { keys: [{ ...(await exportJWK(publicKey)), kid, use: "sig", alg: "RS256" }] });
  return { kid, privateKey };
}

/** Registers a client with its keys at this path, and a user signs in to it. */
async function obtainCode(path: string, user: Parameters<BrowserClient["signIn"]>[0]) {
  const client = await register({
    redirect_uris,
    grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: "private_key_jwt",
    jwks_uri: site.url(path),
  });
  const browser = new BrowserClient({ base: servers.tokenBase, origin: servers.tokenBase });
  await browser.signIn(user);
  const application = toTestApplication(client);
  const asked = { scope: "openid offline_access", prompt: "consent" };
  return { clientId: client.clientId, code: await browser.obtainCode(authorizationOf(application, asked)) };
}

/** A token request that the client authenticates with a JWT for the token endpoint, or for `aud`. */
async function send(
  clientId: string,
  { kid, privateKey }: Signer,
  fields: Record<string, string>,
  aud = `${servers.tokenBase}/o/token/`,
): Promise<TokenAnswer> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: clientId, sub: clientId, aud, jti: randomUUID(), iat: now, exp: now + 60 };
  const client_assertion = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid }).sign(privateKey);
  noteSecret(client_assertion);
  const client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  return requestToken({ ...fields, client_assertion_type, client_assertion }, { base: servers.tokenBase });
}

const exchange = (code: string) => ({ grant_type: "authorization_code", code, redirect_uri: redirect_uris[0] ?? "" });

test("oidcc-registration-jwks-uri: the keys are read from there, and the sign-in completes", async ({ user }) => {
  const signer = await publishKey("/jwks", "first");
  const { clientId, code } = await obtainCode("/jwks", user);
  const answer = await send(clientId, signer, exchange(code));
  expect(answer.status).toBe(200);
  expect(answer.body).toHaveProperty("id_token");
  expect(site.count("/jwks")).toBe(1);
});

test("oidcc-ensure-client-assertion-with-iss-aud-succeeds: the issuer is always accepted as audience", async ({
  user,
}) => {
  const signer = await publishKey("/issuer-jwks", "first");
  const { clientId, code } = await obtainCode("/issuer-jwks", user);
  const answer = await send(clientId, signer, exchange(code), `${servers.tokenBase}/o`);
  expect(answer.status).toBe(200);
});

test("oidcc-refresh-token-rp-key-rotation: a newly published key is found by its kid", async ({ user }) => {
  const first = await publishKey("/rotating", "first");
  const { clientId, code } = await obtainCode("/rotating", user);
  const { refreshToken } = await send(clientId, first, exchange(code));
  expect(refreshToken).not.toBe("");
  const second = await publishKey("/rotating", "second");
  const refresh = { grant_type: "refresh_token", refresh_token: refreshToken };
  // For an unknown `kid` the server reads a `jwks_uri` again at most every 30 seconds.
  const accepted = async () => {
    const answer = await send(clientId, second, refresh);
    return answer.status === 200 && answer;
  };
  const refreshed = await waitFor("the new key", accepted, { timeout: 40_000, interval: 2000 });
  expect(refreshed.body).toHaveProperty("id_token");
  expect(site.count("/rotating")).toBe(2);
  // The old one is no longer published, and no longer accepted.
  const again = { grant_type: "refresh_token", refresh_token: refreshed.refreshToken };
  expectOAuthError(await send(clientId, first, again), 401, "invalid_client");
});
