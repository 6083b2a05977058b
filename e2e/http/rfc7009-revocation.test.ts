import * as oauth4webapi from "oauth4webapi";
import * as openidClient from "openid-client";
import { expect } from "vitest";
import { baseUrl, issuer, secondBaseUrl } from "../support/environment";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import { type Answer, encodeForm, formType, postForm, send } from "../support/http";
import { isActive, obtainOwnToken, revokeToken } from "../support/introspection-client";
import {
  authorizationOf,
  basicAuthorization,
  createPkcePair,
  credentialsOf,
  exchangeOf,
  getResource,
  obtainTokens,
  refreshOf,
  requestToken,
} from "../support/token-client";
import { test } from "../support/vitest";

function expectDone(answer: Answer): void {
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: "" });
  expect(answer.headers).toMatchObject({ "content-length": "0", "content-type": "application/x-json" });
  expectNotCached(answer);
}

test.for(["accessToken", "refreshToken"] as const)(
  "cases 90 and 91: the %s also revokes the other one, on every server immediately",
  async (name, { portal, person }) => {
    const application = await portal.createApplication();
    const tokens = await obtainTokens(person, application);
    expectDone(await revokeToken(application, { token: tokens[name] }));
    for (const base of [baseUrl, secondBaseUrl]) {
      expect((await getResource(tokens.accessToken, { base })).status).toBe(401);
      const refresh = requestToken(refreshOf(application, tokens.refreshToken), { base });
      expectOAuthError(await refresh, 400, "invalid_grant");
    }
    expectDone(await revokeToken(application, { token: tokens[name] }));
    const events = await portal.database.auditEvent.findMany({
      where: { applicationId: application.id, type: "token.revoked" },
    });
    expect(events).toMatchObject([{ details: { kind: name === "accessToken" ? "access_token" : "refresh_token" } }]);
  },
);

test("an application's own token ends alone", async ({ portal }) => {
  const machine = await portal.createMachine();
  const [one, other] = [await obtainOwnToken(machine), await obtainOwnToken(machine)];
  expectDone(await revokeToken(machine, { token: one }));
  expect((await getResource(one)).status).toBe(401);
  expect((await getResource(other)).status).toBe(200);
});

test("case 92: unknown tokens are 200 as well", async ({ portal }) => {
  const machine = await portal.createMachine();
  for (const token of ["x", "\0", "é", "%", "a".repeat(60_000)]) expectDone(await revokeToken(machine, { token }));
});

test("case 93, attack 41: another application's tokens are not affected", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const tokens = await obtainTokens(person, application);
  for (const other of [await portal.createMachine(), await portal.createPublicApplication()]) {
    for (const token of [tokens.accessToken, tokens.refreshToken]) expectDone(await revokeToken(other, { token }));
  }
  expect((await getResource(tokens.accessToken)).status).toBe(200);
  expect((await requestToken(refreshOf(application, tokens.refreshToken))).status).toBe(200);
});

test("case 94: a wrong, unknown or empty hint hides nothing", async ({ portal, person }) => {
  const application = await portal.createApplication();
  for (const [name, hint] of [
    ["accessToken", "refresh_token"],
    ["refreshToken", "access_token"],
    ["refreshToken", "something"],
    ["accessToken", ""],
  ] as const) {
    const tokens = await obtainTokens(person, application);
    expectDone(await revokeToken(application, { token: tokens[name], token_type_hint: hint }));
    expect((await getResource(tokens.accessToken)).status).toBe(401);
  }
});

test("case 95: no token, or two, is an invalid_request", async ({ portal }) => {
  const machine = await portal.createMachine();
  expectOAuthError(await revokeToken(machine, {}), 400, "invalid_request");
  expectOAuthError(await revokeToken(machine, { token: "" }), 400, "invalid_request");
  const body = `${encodeForm({ ...credentialsOf(machine), token: "x" })}&token=y`;
  const headers = { "Content-Type": formType };
  expectOAuthError(await send("POST", "/o/revoke_token/", { headers, body }), 400, "invalid_request");
});

test("case 96: anyone but the client gets 401 with a challenge, and revokes nothing", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const { accessToken: token } = await obtainTokens(person, application);
  const { client_id = "" } = credentialsOf(application);
  const attempts: Record<string, string>[] = [{}, { client_id }, { client_id, client_secret: "wrong" }];
  for (const credentials of attempts) {
    const answer = await postForm("/o/revoke_token/", { ...credentials, token });
    expectOAuthError(answer, 401, "invalid_client");
    expect(answer.headers["www-authenticate"]).toMatch(/^Basic /);
  }
  const headers = { Authorization: basicAuthorization(client_id, "wrong") };
  expectOAuthError(await postForm("/o/revoke_token/", { token }, { headers }), 401, "invalid_client");
  expect((await getResource(token)).status).toBe(200);
});

test("the form of the request: POST, form-encoded, nothing in the URL; with and without trailing slash", async ({
  portal,
}) => {
  const machine = await portal.createMachine();
  const form = { ...credentialsOf(machine), token: await obtainOwnToken(machine) };
  expectOAuthError(await postForm(`/o/revoke_token/?${encodeForm(form)}`, {}), 400, "invalid_request");
  const json = { headers: { "Content-Type": "application/json" }, body: JSON.stringify(form) };
  expectOAuthError(await send("POST", "/o/revoke_token/", json), 415, "invalid_request");
  for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE"]) {
    const answer = await send(method, "/o/revoke_token/");
    expect([answer.status, answer.headers.allow]).toEqual([405, "POST, OPTIONS"]);
  }
  expect((await getResource(form.token)).status).toBe(200);
  expectDone(await postForm("/o/revoke_token", form));
  expect((await getResource(form.token)).status).toBe(401);
});

test("a public application revokes with its ID", async ({ portal, person }) => {
  const application = await portal.createPublicApplication();
  const { verifier, challenge } = createPkcePair();
  const request = authorizationOf(application, { code_challenge: challenge, code_challenge_method: "S256" });
  const code = await person.obtainCode(request);
  const tokens = await requestToken(exchangeOf(application, code, { code_verifier: verifier }));
  expectDone(await revokeToken(application, { token: tokens.refreshToken }));
  expect((await getResource(tokens.accessToken)).status).toBe(401);
});

test("attack 28: a concurrent refresh at another server restores nothing", async ({ portal, person }) => {
  const application = await portal.createApplication();
  for (let round = 0; round < 20; round++) {
    const first = await obtainTokens(person, application);
    const token = round % 4 < 2 ? first.refreshToken : first.accessToken;
    const refresh = () => requestToken(refreshOf(application, first.refreshToken), { base: baseUrl });
    const revoke = () => revokeToken(application, { token }, { base: secondBaseUrl });
    const [second, revoked] =
      round % 2 === 0
        ? await Promise.all([refresh(), revoke()])
        : await Promise.all([revoke(), refresh()]).then(([answer, tokens]) => [tokens, answer] as const);
    expectDone(revoked);
    for (const { accessToken, refreshToken } of second.status === 200 ? [first, second] : [first]) {
      expect((await getResource(accessToken)).status).toBe(401);
      expect(await isActive(application, refreshToken)).toBe(false);
      expectOAuthError(await requestToken(refreshOf(application, refreshToken)), 400, "invalid_grant");
    }
  }
});

test("openid-client revokes", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const metadata = { issuer, token_endpoint: `${issuer}/token/`, revocation_endpoint: `${issuer}/revoke_token/` };
  const authentication = openidClient.ClientSecretBasic(application.clientSecret);
  const configuration = new openidClient.Configuration(metadata, application.clientId, {}, authentication);
  openidClient.allowInsecureRequests(configuration);
  const tokens = await obtainTokens(person, application);
  await openidClient.tokenRevocation(configuration, tokens.refreshToken, { token_type_hint: "refresh_token" });
  expect((await getResource(tokens.accessToken)).status).toBe(401);
  await openidClient.tokenRevocation(configuration, "unknown");
});

test("§2.2: parsers that accept only JSON, and those that parse everything, survive the empty answer", async ({
  portal,
}) => {
  const { headers } = await revokeToken(await portal.createMachine(), { token: "x" });
  const type = headers["content-type"] ?? "";
  // @hapi/wreck, and with it simple-oauth2, detects JSON by this type.
  expect(type).toMatch(/^application\/([a-z0-9.]*[+-]json|json)$/);
  // AppAuth-JS and @badgateway/oauth2-client check this before they parse the body, empty or not.
  expect(type).not.toMatch(/^application\/(.*\+)?json/);
});

test("§2.1, §2.2: a library may revoke both tokens one after the other, like simple-oauth2's revokeAll", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const headers = { Authorization: basicAuthorization(application.clientId, application.clientSecret) };
  const names = [
    ["access_token", "refresh_token"],
    ["refresh_token", "access_token"],
  ] as const;
  for (const order of names) {
    const tokens = await obtainTokens(person, application);
    const byHint = { access_token: tokens.accessToken, refresh_token: tokens.refreshToken };
    for (const hint of order) {
      // The first one also revokes the other, which is then unknown: 200 anyway.
      expectDone(await postForm("/o/revoke_token", { token: byHint[hint], token_type_hint: hint }, { headers }));
    }
    expect((await getResource(tokens.accessToken)).status).toBe(401);
    expectOAuthError(await requestToken(refreshOf(application, tokens.refreshToken)), 400, "invalid_grant");
    for (const token of Object.values(byHint)) expect(await isActive(application, token)).toBe(false);
  }
});

test("oauth4webapi revokes, and understands a refusal", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const server = { issuer, revocation_endpoint: `${issuer}/revoke_token/` };
  const client = { client_id: application.clientId };
  const { accessToken } = await obtainTokens(person, application);
  const request = (secret: string) =>
    oauth4webapi.revocationRequest(server, client, oauth4webapi.ClientSecretPost(secret), accessToken, {
      [oauth4webapi.allowInsecureRequests]: true,
    });
  const refused = await request("wrong");
  await expect(oauth4webapi.processRevocationResponse(refused)).rejects.toThrow(
    oauth4webapi.WWWAuthenticateChallengeError,
  );
  expect((await getResource(accessToken)).status).toBe(200);
  await oauth4webapi.processRevocationResponse(await request(application.clientSecret));
  expect((await getResource(accessToken)).status).toBe(401);
});
