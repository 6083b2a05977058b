import { expect } from "vitest";
import { baseUrl } from "../support/environment";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import {
  authorizationOf,
  basicAuthorization,
  createPkcePair,
  credentialsOf,
  exchangeOf,
  getResource,
  refreshOf,
  requestToken,
} from "../support/token-client";
import { test } from "../support/vitest";

test("case 57: five keys in the known order, and nothing cached", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const code = await person.obtainCode(authorizationOf(application));
  const answer = await requestToken(exchangeOf(application, code));
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.body)).toEqual(["access_token", "expires_in", "token_type", "scope", "refresh_token"]);
  expect(answer.body).toMatchObject({ expires_in: 36_000, token_type: "Bearer", scope: "read write" });
  expectNotCached(answer);
});

test("case 57: the requested scope, with Basic", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const code = await person.obtainCode(authorizationOf(application, { scope: "write" }));
  const { grant_type, redirect_uri } = exchangeOf(application, code);
  const headers = { Authorization: basicAuthorization(application.clientId, application.clientSecret) };
  const answer = await requestToken({ grant_type, redirect_uri, code }, { headers });
  expect(answer.body.scope).toBe("write");
});

test("case 58: a code used twice is refused, and everything issued for it is revoked", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const code = await person.obtainCode(authorizationOf(application));
  const first = await requestToken(exchangeOf(application, code));
  expect((await getResource(first.accessToken)).status).toBe(200);
  expectOAuthError(await requestToken(exchangeOf(application, code)), 400, "invalid_grant");
  expect((await getResource(first.accessToken)).status).toBe(401);
  expectOAuthError(await requestToken(refreshOf(application, first.refreshToken)), 400, "invalid_grant");
  const replays = await portal.database.auditEvent.count({
    where: { type: "authorization_code.replayed", applicationId: application.id },
  });
  expect(replays).toBe(1);
});

test("case 58: a replay that can't have come from the client revokes nothing (OAuth 2.1 §4.1.3)", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const thief = await portal.createApplication();
  const code = await person.obtainCode(authorizationOf(application));
  const { accessToken } = await requestToken(exchangeOf(application, code));
  expectOAuthError(await requestToken(exchangeOf(thief, code)), 400, "invalid_grant");
  const wrongUri = exchangeOf(application, code, { redirect_uri: `${baseUrl}/other` });
  expectOAuthError(await requestToken(wrongUri), 400, "invalid_grant");
  expect((await getResource(accessToken)).status).toBe(200);
});

test("case 59: an expired code is an invalid_grant", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const code = await person.obtainCode(authorizationOf(application));
  const stored = await portal.database.authorizationCode.findFirstOrThrow({ where: { applicationId: application.id } });
  expect(stored.expiresAt.getTime() - stored.createdAt.getTime()).toBe(60_000);
  await portal.database.authorizationCode.update({
    where: { codeHash: stored.codeHash },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  expectOAuthError(await requestToken(exchangeOf(application, code)), 400, "invalid_grant");
});

test("case 60, attack 25: another client's code is an invalid_grant and remains valid for its own", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const thieves = [await portal.createApplication(), await portal.createPublicApplication()];
  const code = await person.obtainCode(authorizationOf(application));
  for (const thief of thieves) {
    const stolen = exchangeOf(thief, code, { redirect_uri: application.redirectUri });
    expectOAuthError(await requestToken(stolen), 400, "invalid_grant");
  }
  expect((await requestToken(exchangeOf(application, code))).status).toBe(200);
});

test("attack 38: a code that was truncated, extended or respelled is an invalid_grant", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const code = await person.obtainCode(authorizationOf(application));
  const swapped = code.replace(/[a-z]/i, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  for (const other of [code.slice(0, -1), `${code}A`, swapped, ` ${code}`, `${code}\0`, "x", "é"]) {
    expectOAuthError(await requestToken(exchangeOf(application, other)), 400, "invalid_grant");
  }
  expectOAuthError(await requestToken(exchangeOf(application, "")), 400, "invalid_request");
  expect((await requestToken(exchangeOf(application, code))).status).toBe(200);
});

test("case 61: another redirect URI is an invalid_grant that names no URI, a missing one an invalid_request", async ({
  portal,
  person,
}) => {
  const redirectUris = [`${baseUrl}/noexist/callback`, `${baseUrl}/other`];
  const application = await portal.createApplication({ redirectUris });
  const code = await person.obtainCode(authorizationOf(application));
  for (const redirectUri of [`${baseUrl}/other`, `${baseUrl}/noexist/callback/`, "x"]) {
    const answer = await requestToken(exchangeOf(application, code, { redirect_uri: redirectUri }));
    expectOAuthError(answer, 400, "invalid_grant");
    expect(answer.text).not.toContain("noexist");
  }
  expectOAuthError(await requestToken(exchangeOf(application, code, { redirect_uri: "" })), 400, "invalid_request");
  expect((await requestToken(exchangeOf(application, code))).status).toBe(200);
});

test("a redirect URI that the authorization request omitted may be omitted here", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const { redirect_uri: _, ...request } = authorizationOf(application);
  const code = await person.obtainCode(request);
  expect((await requestToken(exchangeOf(application, code, { redirect_uri: "" }))).status).toBe(200);
});

test("the loopback port of the authorization request must be repeated", async ({ portal, person }) => {
  const redirectUris = ["http://127.0.0.1/cb"];
  const application = await portal.createApplication({ redirectUris });
  const redirect_uri = "http://127.0.0.1:51234/cb";
  const code = await person.obtainCode({ ...authorizationOf(application), redirect_uri });
  expectOAuthError(await requestToken(exchangeOf(application, code)), 400, "invalid_grant");
  expect((await requestToken(exchangeOf(application, code, { redirect_uri }))).status).toBe(200);
});

test("case 64: a confidential client without its secret is a 401, and the code remains valid", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const code = await person.obtainCode(authorizationOf(application));
  for (const client_secret of ["", "wrong"]) {
    expectOAuthError(await requestToken(exchangeOf(application, code, { client_secret })), 401, "invalid_client");
  }
  expect((await requestToken(exchangeOf(application, code))).status).toBe(200);
});

test("cases 65 and 66: a public client with only its ID; with a secret it is a 401", async ({ portal, person }) => {
  const application = await portal.createPublicApplication();
  const { verifier, challenge } = createPkcePair();
  const request = authorizationOf(application, { code_challenge: challenge, code_challenge_method: "S256" });
  const code = await person.obtainCode(request);
  const exchange = exchangeOf(application, code, { code_verifier: verifier });
  expectOAuthError(await requestToken({ ...exchange, client_secret: "anything" }), 401, "invalid_client");
  const answer = await requestToken(exchange);
  expect(answer.status).toBe(200);
  expect(answer.refreshToken).not.toBe("");
});

test("a resource is an unknown target and uses up no code (RFC 8707 §2)", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const code = await person.obtainCode(authorizationOf(application));
  const withResource = exchangeOf(application, code, { resource: "https://api.example.test" });
  expectOAuthError(await requestToken(withResource), 400, "invalid_target");
  expect((await requestToken(exchangeOf(application, code))).status).toBe(200);
});

test("codes and tokens are stored as digests only", async ({ portal, user, person }) => {
  const application = await portal.createApplication();
  const code = await person.obtainCode(authorizationOf(application));
  const { accessToken, refreshToken } = await requestToken(exchangeOf(application, code));
  const where = { applicationId: application.id };
  const rows = JSON.stringify([
    await portal.database.authorizationCode.findMany({ where }),
    await portal.database.accessToken.findMany({ where }),
    await portal.database.refreshToken.findMany({ where: { family: where } }),
    await portal.database.clientSecret.findMany({ where }),
    await portal.database.session.findMany({ where: { userId: user.id } }),
    await portal.database.auditEvent.findMany({ where }),
  ]);
  const secrets = [code, accessToken, refreshToken, application.clientSecret, person.cookie("browser") ?? ""];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(40);
    expect(rows).not.toContain(secret);
  }
  expect(credentialsOf(application)).toHaveProperty("client_secret");
});
