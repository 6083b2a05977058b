import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import * as oauth4webapi from "oauth4webapi";
import * as openidClient from "openid-client";
import { afterAll, beforeAll, expect } from "vitest";
import { baseUrl, databaseUrl, issuer, secondBaseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import type { Sending } from "../support/http";
import { OwnInstallation, type OwnServer } from "../support/own-server";
import type { ApplicationOverrides, Portal, TestApplication } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { authorizationOf, basicAuthorization, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let pair: Pair;
let other: Pair;
let publicJwk: JWK;

beforeAll(async () => {
  [pair, other] = await Promise.all([generateKeyPair("ES256"), generateKeyPair("ES256")]);
  publicJwk = { ...(await exportJWK(pair.publicKey)), kid: "a" };
});

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const now = () => Math.floor(Date.now() / 1000);

function createKeyClient(portal: Portal, overrides: ApplicationOverrides = {}): Promise<TestApplication> {
  const keys = { tokenEndpointAuthMethod: "private_key_jwt" as const, jwks: { keys: [publicJwk] } };
  return portal.createMachine({ ...keys, ...overrides });
}

/** An assertion that is correct except for `values`; `undefined` omits a claim. */
async function sign({ clientId }: TestApplication, values: Record<string, unknown> = {}, key = pair.privateKey) {
  const usual = { iss: clientId, sub: clientId, aud: issuer, jti: randomUUID(), iat: now(), exp: now() + 60 };
  const payload: JWTPayload = { ...usual, ...values };
  const assertion = await new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: "a" }).sign(key);
  noteSecret(assertion);
  return assertion;
}

function present(assertion: string, more: Record<string, string> = {}, sending: Sending = {}) {
  const credentials = { client_assertion_type: assertionType, client_assertion: assertion };
  return requestToken({ grant_type: "client_credentials", ...credentials, ...more }, sending);
}

test("RFC 7523 §2.2: an assertion authenticates, with and without a client_id beside it", async ({ portal }) => {
  const client = await createKeyClient(portal);
  expect((await present(await sign(client))).status).toBe(200);
  expect((await present(await sign(client), { client_id: client.clientId })).status).toBe(200);
});

test("the code grant and refresh with an assertion", async ({ portal, person }) => {
  const grants = { grantTypes: ["authorization_code" as const, "refresh_token" as const] };
  const client = await createKeyClient(portal, { ...grants, redirectUris: [`${baseUrl}/noexist/callback`] });
  const code = await person.obtainCode(authorizationOf(client));
  const exchange = { grant_type: "authorization_code", code, redirect_uri: client.redirectUri };
  const { refreshToken } = await present(await sign(client), exchange);
  const refresh = { grant_type: "refresh_token", refresh_token: refreshToken };
  expectOAuthError(await requestToken({ ...refresh, client_id: client.clientId }), 401, "invalid_client");
  expect((await present(await sign(client), refresh)).status).toBe(200);
});

test.for<[what: string, values: () => Record<string, unknown>]>([
  ["the issuer in an array", () => ({ aud: [issuer] })],
  ["the token endpoint as its audience", () => ({ aud: `${issuer}/token/` })],
  ["another server as its audience", () => ({ aud: "https://evil.example/o" })],
  ["no subject", () => ({ sub: undefined })],
  ["another issuer", () => ({ iss: "someone" })],
  ["an exp that is over", () => ({ exp: now() - 60 })],
  ["an exp an hour ahead", () => ({ exp: now() + 3600 })],
  ["no exp", () => ({ exp: undefined })],
  ["no jti", () => ({ jti: undefined })],
  ["an nbf that has not come", () => ({ nbf: now() + 120 })],
])("attack 35: %s is invalid_client, and nothing is said of the reason", async ([, values], { portal }) => {
  const client = await createKeyClient(portal);
  const answer = await present(await sign(client, values()));
  expectOAuthError(answer, 401, "invalid_client");
  expect(answer.body.error_description).toBe("Client authentication failed.");
});

test("attack 35: alg none, and another key", async ({ portal }) => {
  const client = await createKeyClient(portal);
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const [, payload = ""] = (await sign(client)).split(".");
  expectOAuthError(await present(`${encode({ alg: "none" })}.${payload}.`), 401, "invalid_client");
  expectOAuthError(await present(await sign(client, {}, other.privateKey)), 401, "invalid_client");
});

test("attack 35: an assertion can be used once, across both servers and in parallel", async ({ portal }) => {
  const client = await createKeyClient(portal);
  const assertion = await sign(client);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => present(assertion, {}, { base: index % 2 ? baseUrl : secondBaseUrl })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(401)]);
  // And the client itself can continue.
  expect((await present(await sign(client))).status).toBe(200);
});

test("only the registered method: no secret for such a client, no assertion for any other", async ({ portal }) => {
  const client = await createKeyClient(portal);
  const withSecret = await portal.createMachine();
  const grant = { grant_type: "client_credentials" };
  const headers = { Authorization: basicAuthorization(client.clientId, withSecret.clientSecret) };
  expectOAuthError(await requestToken(grant, { headers }), 401, "invalid_client");
  expectOAuthError(await requestToken({ ...grant, client_id: client.clientId }), 401, "invalid_client");
  expectOAuthError(await present(await sign(withSecret)), 401, "invalid_client");
});

test("RFC 7521 §4.2: another assertion type or another client_id is invalid_client; two methods are invalid_request", async ({
  portal,
}) => {
  const client = await createKeyClient(portal);
  const saml = "urn:ietf:params:oauth:client-assertion-type:saml2-bearer";
  expectOAuthError(await present(await sign(client), { client_assertion_type: saml }), 401, "invalid_client");
  expectOAuthError(await present(await sign(client), { client_id: "someone" }), 401, "invalid_client");
  const twice = await present(await sign(client), { client_secret: "a secret" });
  expectOAuthError(twice, 400, "invalid_request");
});

const metadata = { issuer, token_endpoint: `${issuer}/token/` };

test("oauth4webapi authenticates by private_key_jwt", async ({ portal }) => {
  const { clientId } = await createKeyClient(portal);
  const key = { key: pair.privateKey, kid: "a" };
  const response = await oauth4webapi.clientCredentialsGrantRequest(
    metadata,
    { client_id: clientId },
    oauth4webapi.PrivateKeyJwt(key),
    {},
    { [oauth4webapi.allowInsecureRequests]: true },
  );
  const answer = await oauth4webapi.processClientCredentialsResponse(metadata, { client_id: clientId }, response);
  noteSecret(answer.access_token);
  expect(answer.scope).toBe("read write");
});

test("openid-client authenticates by private_key_jwt", async ({ portal }) => {
  const { clientId } = await createKeyClient(portal);
  const authentication = openidClient.PrivateKeyJwt({ key: pair.privateKey, kid: "a" });
  const configuration = new openidClient.Configuration(metadata, clientId, {}, authentication);
  openidClient.allowInsecureRequests(configuration);
  const answer = await openidClient.clientCredentialsGrant(configuration);
  noteSecret(answer.access_token);
  expect(answer.scope).toBe("read write");
});

/** Where a client publishes its keys: on this machine, which isn't a public address. */
const keyServer = createServer((request, response) => {
  fetched.push(request.url ?? "");
  if (request.url === "/moved") response.writeHead(302, { Location: "/jwks" }).end();
  else response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ keys: [publicJwk] }));
});
const fetched: string[] = [];
const installation = new OwnInstallation();
/** May fetch from this machine; the servers of all other tests may not. */
let permitted: OwnServer;

beforeAll(async () => {
  keyServer.listen(0, "127.0.0.1");
  await once(keyServer, "listening");
  const { AUTH_SECRET = "" } = process.env;
  const env = { DATABASE_URL: databaseUrl, AUTH_SECRET, OUTBOUND_PRIVATE_NETWORKS: "127.0.0.1" };
  permitted = await installation.start({ publicUrl: baseUrl, env });
});

afterAll(async () => {
  keyServer.close();
  await installation.remove();
});

/** A client whose keys are at this path of the server above, which no form would register. */
async function createRemoteClient(portal: Portal, path: string, host = "127.0.0.1"): Promise<TestApplication> {
  const client = await createKeyClient(portal);
  const { port } = keyServer.address() as AddressInfo;
  await portal.database.$executeRaw`
    UPDATE applications SET jwks = NULL, jwks_uri = ${`http://${host}:${port}${path}`} WHERE id = ${client.id}::uuid`;
  return client;
}

const count = (path: string) => fetched.filter((url) => url === path).length;

test("jwks_uri: the keys are fetched once for many requests", async ({ portal }) => {
  const client = await createRemoteClient(portal, "/jwks");
  for (let index = 0; index < 5; index += 1) {
    expect((await present(await sign(client), {}, { base: permitted.baseUrl })).status).toBe(200);
  }
  expect(count("/jwks")).toBe(1);
});

test("jwks_uri: assertions with unknown keys don't cause repeated fetches", async ({ portal }) => {
  const client = await createRemoteClient(portal, "/jwks?unknown");
  const { clientId } = client;
  const usual = { iss: clientId, sub: clientId, aud: issuer, jti: "1", exp: now() + 60 };
  const answers = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const header = { alg: "ES256", kid: `unknown ${index}` };
      const assertion = await new SignJWT(usual).setProtectedHeader(header).sign(other.privateKey);
      return present(assertion, {}, { base: permitted.baseUrl });
    }),
  );
  for (const answer of answers) expectOAuthError(answer, 401, "invalid_client");
  expect(count("/jwks?unknown")).toBe(1);
  expect((await present(await sign(client), {}, { base: permitted.baseUrl })).status).toBe(200);
});

test("attack 44: a redirect of a jwks_uri is not followed", async ({ portal }) => {
  const client = await createRemoteClient(portal, "/moved");
  const before = count("/jwks");
  const answer = await present(await sign(client), {}, { base: permitted.baseUrl });
  expectOAuthError(answer, 401, "invalid_client");
  expect([count("/moved"), count("/jwks")]).toEqual([1, before]);
});

test.for(["127.0.0.1", "localhost", "0x7f.1", "[::ffff:127.0.0.1]"])(
  "attack 44: a server that may not fetch from its own machine makes no connection to %s",
  async (host, { portal }) => {
    const client = await createRemoteClient(portal, `/private?${host}`, host);
    expectOAuthError(await present(await sign(client)), 401, "invalid_client");
    expect(count(`/private?${host}`)).toBe(0);
  },
);
