import * as oauth4webapi from "oauth4webapi";
import * as openidClient from "openid-client";
import { expect } from "vitest";
import { issuer, secondBaseUrl } from "../support/environment";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import { encodeForm, postForm, send } from "../support/http";
import { introspect, isActive, obtainOwnToken, revokeToken } from "../support/introspection-client";
import {
  basicAuthorization,
  credentialsOf,
  obtainTokens,
  parseJson,
  refreshOf,
  requestToken,
} from "../support/token-client";
import { test } from "../support/vitest";

const inactive = '{"active":false}';

test("case 97: an access token, in the order of keys of Django OAuth Toolkit", async ({ portal, person, user }) => {
  const application = await portal.createApplication();
  const { accessToken } = await obtainTokens(person, application);
  const answer = await introspect(application, accessToken);
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toMatch(/^application\/json\b/);
  expectNotCached(answer);
  const body = parseJson(answer.text);
  const { exp, iat, nbf, jti, ...rest } = body;
  expect(rest).toEqual({
    active: true,
    scope: "read write",
    client_id: application.clientId,
    username: user.username,
    token_type: "Bearer",
    sub: user.id,
    iss: issuer,
  });
  expect(Number(exp) - Number(iat)).toBe(36_000);
  expect(nbf).toBe(iat);
  expect(Math.abs(Number(iat) - Date.now() / 1000)).toBeLessThan(60);
  expect(jti).toMatch(/^[0-9a-f-]{36}$/);
  expect(Object.keys(body).slice(0, 5)).toEqual(["active", "scope", "exp", "client_id", "username"]);
});

test("an application's own token has the application as its subject", async ({ portal }) => {
  const machine = await portal.createMachine();
  const body = parseJson((await introspect(machine, await obtainOwnToken(machine))).text);
  expect(body).toMatchObject({ active: true, sub: machine.clientId, client_id: machine.clientId });
  expect(body).not.toHaveProperty("username");
});

test("case 98: expired and unknown tokens are inactive, without details", async ({ portal }) => {
  const machine = await portal.createMachine();
  const token = await obtainOwnToken(machine);
  await portal.database.accessToken.updateMany({
    where: { applicationId: machine.id },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  for (const other of [token, "x", "\0", "é", "a".repeat(60_000)]) {
    const answer = await introspect(machine, other);
    expect([answer.status, answer.text]).toEqual([200, inactive]);
  }
});

test("attack 38: a nearly correct token is inactive", async ({ portal }) => {
  const machine = await portal.createMachine();
  const token = await obtainOwnToken(machine);
  const others = [token.slice(0, -1), token.slice(1), `${token}a`, `${token} `, token.toUpperCase(), `${token}\0`];
  for (const other of others) expect((await introspect(machine, other)).text).toBe(inactive);
  expect(await isActive(machine, token)).toBe(true);
});

test("case 99: no client, a wrong secret and a public application: 401 with a challenge", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const browser = await portal.createPublicApplication();
  const { accessToken: token } = await obtainTokens(person, application);
  const attempts: Record<string, string>[] = [
    {},
    { client_id: application.clientId },
    { client_id: application.clientId, client_secret: "wrong" },
    { client_id: browser.clientId },
  ];
  for (const credentials of attempts) {
    const answer = await postForm("/o/introspect/", { ...credentials, token });
    expectOAuthError(answer, 401, "invalid_client");
    expect(answer.headers["www-authenticate"]).toMatch(/^Basic /);
  }
  const headers = { Authorization: basicAuthorization(browser.clientId, "") };
  expectOAuthError(await postForm("/o/introspect/", { token }, { headers }), 401, "invalid_client");
});

test("case 100: a bearer token with the scope introspection shows access tokens; without it, 403", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const { accessToken, refreshToken } = await obtainTokens(person, application);
  const machine = await portal.createMachine({ allowedScopes: ["introspection", "read"] });
  const ask = async (scope: string, token: string) => {
    const headers = { Authorization: `Bearer ${await obtainOwnToken(machine, { scope })}` };
    return postForm("/o/introspect/", { token }, { headers });
  };
  expect(parseJson((await ask("introspection", accessToken)).text)).toMatchObject({ active: true });
  expect(parseJson((await ask("introspection", refreshToken)).text)).toEqual({ active: false });
  const refused = await ask("read", accessToken);
  expectOAuthError(refused, 403, "insufficient_scope");
  expect(refused.headers["www-authenticate"]).toMatch(/^Bearer .*error="insufficient_scope".*scope="introspection"/);
  // The scope is restricted: only an application that is explicitly allowed can have it.
  const other = await portal.createMachine();
  const request = { grant_type: "client_credentials", ...credentialsOf(other), scope: "introspection" };
  expectOAuthError(await requestToken(request), 400, "invalid_scope");
});

test("attack 39: malformed Authorization headers are 400 or 401, and the server keeps running", async ({ portal }) => {
  const machine = await portal.createMachine();
  const token = await obtainOwnToken(machine);
  const broken = [
    ...["Bearer", "Bearer ", "Bearer a b", "Bearer %zz", "Bearer é", "DPoP", "DPoP x", `Bearer ${"a".repeat(12_000)}`],
    ...[
      "Basic",
      "Basic %%%",
      "Basic YTpi",
      `Basic ${Buffer.from("%zz:%zz").toString("base64")}`,
      "Basic /////w==",
      "x",
    ],
  ];
  for (const authorization of broken) {
    const headers = { Authorization: Buffer.from(authorization).toString("latin1") };
    const answer = await postForm("/o/introspect/", { token }, { headers });
    expect([400, 401], authorization.slice(0, 20)).toContain(answer.status);
    expect(answer.headers["www-authenticate"], authorization.slice(0, 20)).toBeDefined();
  }
  expect(await isActive(machine, token)).toBe(true);
});

test("case 101: a refresh token is active until it is used, and its type isn't that of an access token", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const first = await obtainTokens(person, application);
  expect(parseJson((await introspect(application, first.refreshToken)).text)).toMatchObject({
    active: true,
    token_type: "N_A",
    client_id: application.clientId,
  });
  const second = await requestToken(refreshOf(application, first.refreshToken));
  expect(await isActive(application, first.refreshToken)).toBe(false);
  expect(await isActive(application, first.accessToken)).toBe(false);
  expect(await isActive(application, second.refreshToken)).toBe(true);
  await revokeToken(application, { token: second.accessToken });
  for (const token of [second.refreshToken, second.accessToken]) {
    expect(await isActive(application, token, { base: secondBaseUrl })).toBe(false);
  }
});

test("attack 37: what is disabled is inactive immediately, on every server", async ({ portal, browser }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  await browser.signIn(user);
  const tokens = await obtainTokens(browser, application);
  const machine = await portal.createMachine({ allowedScopes: ["introspection"] });
  const headers = { Authorization: `Bearer ${await obtainOwnToken(machine, { scope: "introspection" })}` };
  const states = async () => {
    const { accessToken, refreshToken } = tokens;
    const base = secondBaseUrl;
    return [
      await isActive(machine, accessToken, { base, headers }),
      await isActive(application, refreshToken, { base }),
    ];
  };
  expect(await states()).toEqual([true, true]);
  await portal.disableUser(user);
  expect(await states()).toEqual([false, false]);
  await portal.database.user.update({ where: { id: user.id }, data: { disabledAt: null } });
  expect(await states()).toEqual([true, true]);
  await portal.disableApplication(application);
  expect(await isActive(machine, tokens.accessToken, { base: secondBaseUrl, headers })).toBe(false);
  expectOAuthError(await introspect(application, tokens.accessToken), 401, "invalid_client");
  await portal.disableApplication(machine);
  expectOAuthError(await postForm("/o/introspect/", { token: "x" }, { headers }), 401, "invalid_token");
});

test("RFC 7662 §4: by POST and in the body only, or tokens would end up in logs", async ({ portal }) => {
  const machine = await portal.createMachine();
  const token = await obtainOwnToken(machine);
  const headers = { Authorization: basicAuthorization(machine.clientId, machine.clientSecret) };
  for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    const answer = await send(method, `/o/introspect/?${encodeForm({ token })}`, { headers });
    expect([answer.status, answer.headers.allow]).toEqual([405, "POST"]);
  }
  expectOAuthError(await postForm(`/o/introspect/?${encodeForm({ token })}`, {}, { headers }), 400, "invalid_request");
  expectOAuthError(await postForm("/o/introspect/", {}, { headers }), 400, "invalid_request");
  const json = { headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify({ token }) };
  expectOAuthError(await send("POST", "/o/introspect/", json), 415, "invalid_request");
  expect((await postForm("/o/introspect", { token }, { headers })).status).toBe(200);
});

test("openid-client and oauth4webapi introspect", async ({ portal, person, user }) => {
  const application = await portal.createApplication();
  const { accessToken } = await obtainTokens(person, application);
  const metadata = { issuer, introspection_endpoint: `${issuer}/introspect/` };
  const authentication = openidClient.ClientSecretBasic(application.clientSecret);
  const configuration = new openidClient.Configuration(metadata, application.clientId, {}, authentication);
  openidClient.allowInsecureRequests(configuration);
  const expected = { active: true, username: user.username, sub: user.id };
  expect(await openidClient.tokenIntrospection(configuration, accessToken)).toMatchObject(expected);
  expect(await openidClient.tokenIntrospection(configuration, "unknown")).toEqual({ active: false });

  const client = { client_id: application.clientId };
  const response = await oauth4webapi.introspectionRequest(
    ...([metadata, client, oauth4webapi.ClientSecretPost(application.clientSecret), accessToken] as const),
    { [oauth4webapi.allowInsecureRequests]: true },
  );
  expect(await oauth4webapi.processIntrospectionResponse(metadata, client, response)).toMatchObject(expected);
});
