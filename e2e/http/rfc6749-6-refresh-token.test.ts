import { expect } from "vitest";
import { secondBaseUrl } from "../support/environment";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import {
  authorizationOf,
  createPkcePair,
  exchangeOf,
  getResource,
  obtainTokens,
  refreshOf,
  requestToken,
} from "../support/token-client";
import { test } from "../support/vitest";

test("case 68: a new pair; the old access token is revoked immediately", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const first = await obtainTokens(person, application);
  const second = await requestToken(refreshOf(application, first.refreshToken));
  expect(second.status).toBe(200);
  expect(Object.keys(second.body)).toEqual(["access_token", "expires_in", "token_type", "scope", "refresh_token"]);
  expect(second.body).toMatchObject({ expires_in: 36_000, token_type: "Bearer", scope: "read write" });
  expectNotCached(second);
  expect(new Set([first.accessToken, second.accessToken, first.refreshToken, second.refreshToken]).size).toBe(4);
  expect((await getResource(first.accessToken)).status).toBe(401);
  expect((await getResource(second.accessToken)).status).toBe(200);
});

test("cases 68 and 72, attack 30: a reused refresh token revokes its family, however old it is", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const first = await obtainTokens(person, application);
  const second = await requestToken(refreshOf(application, first.refreshToken));
  const third = await requestToken(refreshOf(application, second.refreshToken));
  expectOAuthError(await requestToken(refreshOf(application, first.refreshToken)), 400, "invalid_grant");
  expect((await getResource(third.accessToken)).status).toBe(401);
  expectOAuthError(await requestToken(refreshOf(application, third.refreshToken)), 400, "invalid_grant");
  const family = await portal.database.tokenFamily.findFirstOrThrow({ where: { applicationId: application.id } });
  expect(family.revokedReason).toBe("refresh_token_replayed");
  const replays = await portal.database.auditEvent.count({
    where: { type: "refresh_token.replayed", applicationId: application.id },
  });
  expect(replays).toBe(1);
});

test("case 71: a lost answer is given again, by either server; later it would be a replay", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const first = await obtainTokens(person, application);
  const request = refreshOf(application, first.refreshToken);
  const second = await requestToken(request);
  const again = await requestToken(request, { base: secondBaseUrl });
  expect(again.status).toBe(200);
  expect(again.accessToken).toBe(second.accessToken);
  expect(again.refreshToken).toBe(second.refreshToken);
  expect((await getResource(again.accessToken)).status).toBe(200);
  await portal.endGracePeriods(application);
  expectOAuthError(await requestToken(request), 400, "invalid_grant");
  expect((await getResource(again.accessToken)).status).toBe(401);
});

test("case 75: a token that was revoked meanwhile isn't accepted in the grace period", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const first = await obtainTokens(person, application);
  await requestToken(refreshOf(application, first.refreshToken));
  await portal.database.tokenFamily.updateMany({
    where: { applicationId: application.id },
    data: { revokedAt: new Date(), revokedReason: "token_revoked" },
  });
  expectOAuthError(await requestToken(refreshOf(application, first.refreshToken)), 400, "invalid_grant");
});

test("a replay revokes its own family and no other of the same user", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const first = await obtainTokens(person, application);
  const other = await obtainTokens(person, application);
  await requestToken(refreshOf(application, first.refreshToken));
  await portal.endGracePeriods(application);
  expectOAuthError(await requestToken(refreshOf(application, first.refreshToken)), 400, "invalid_grant");
  expect((await getResource(other.accessToken)).status).toBe(200);
});

test("case 69: a narrower scope is given and stays, a wider one is an invalid_scope and uses up nothing", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const first = await obtainTokens(person, application, { scope: "read" });
  for (const scope of ["read write", "write", "bogus", 'read"']) {
    expectOAuthError(await requestToken(refreshOf(application, first.refreshToken, { scope })), 400, "invalid_scope");
  }
  const again = await requestToken(refreshOf(application, first.refreshToken, { scope: "read" }));
  expect(again.body.scope).toBe("read");
});

test("case 69: of two scopes, one", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const first = await obtainTokens(person, application);
  const second = await requestToken(refreshOf(application, first.refreshToken, { scope: "read" }));
  expect(second.body.scope).toBe("read");
  expect(JSON.parse((await getResource(second.accessToken)).text)).toMatchObject({ scope: "read" });
});

test("case 70, attack 29: another client gets nothing, and the stolen token is revoked", async ({ portal, person }) => {
  const application = await portal.createApplication();
  for (const thief of [await portal.createApplication(), await portal.createPublicApplication()]) {
    const { accessToken, refreshToken } = await obtainTokens(person, application);
    expectOAuthError(await requestToken(refreshOf(thief, refreshToken)), 400, "invalid_grant");
    expect((await getResource(accessToken)).status).toBe(401);
    expectOAuthError(await requestToken(refreshOf(application, refreshToken)), 400, "invalid_grant");
  }
});

test("attack 29: without the client's authentication it gets nothing and revokes nothing", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const { refreshToken } = await obtainTokens(person, application);
  const anonymous = { grant_type: "refresh_token", refresh_token: refreshToken };
  expectOAuthError(await requestToken(anonymous), 401, "invalid_client");
  const unproven = { ...anonymous, client_id: application.clientId };
  expectOAuthError(await requestToken(unproven), 401, "invalid_client");
  expect((await requestToken(refreshOf(application, refreshToken))).status).toBe(200);
});

test("a public client refreshes with its ID, with rotation too", async ({ portal, person }) => {
  const application = await portal.createPublicApplication();
  const { verifier, challenge } = createPkcePair();
  const request = authorizationOf(application, { code_challenge: challenge, code_challenge_method: "S256" });
  const code = await person.obtainCode(request);
  const first = await requestToken(exchangeOf(application, code, { code_verifier: verifier }));
  const second = await requestToken(refreshOf(application, first.refreshToken));
  expect(second.status).toBe(200);
  await portal.endGracePeriods(application);
  expectOAuthError(await requestToken(refreshOf(application, first.refreshToken)), 400, "invalid_grant");
  expect((await getResource(second.accessToken)).status).toBe(401);
});

test("case 76: past its idle lifetime, or its family's end, it is an invalid_grant", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const { database } = portal;
  const past = new Date(Date.now() - 1);
  const idle = await obtainTokens(person, application);
  const family = { applicationId: application.id };
  const [stored] = await database.refreshToken.findMany({ where: { family } });
  // 30 days idle.
  expect((stored?.expiresAt.getTime() ?? 0) - (stored?.createdAt.getTime() ?? 0)).toBe(2_592_000_000);
  await database.refreshToken.updateMany({ where: { family }, data: { expiresAt: past } });
  expectOAuthError(await requestToken(refreshOf(application, idle.refreshToken)), 400, "invalid_grant");

  const old = await obtainTokens(person, application);
  await database.tokenFamily.updateMany({ where: family, data: { expiresAt: past } });
  expectOAuthError(await requestToken(refreshOf(application, old.refreshToken)), 400, "invalid_grant");
});

test("a successor never outlives the family", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const first = await obtainTokens(person, application);
  const end = new Date(Date.now() + 60_000);
  await portal.database.tokenFamily.updateMany({ where: { applicationId: application.id }, data: { expiresAt: end } });
  await requestToken(refreshOf(application, first.refreshToken));
  const successor = await portal.database.refreshToken.findFirstOrThrow({
    where: { family: { applicationId: application.id }, rotatedAt: null },
  });
  expect(successor.expiresAt).toEqual(end);
});

test("a missing refresh_token, and an unknown one", async ({ portal }) => {
  const application = await portal.createApplication();
  expectOAuthError(await requestToken(refreshOf(application, "")), 400, "invalid_request");
  for (const unknown of ["x", "\0", "é", "x".repeat(60_000)]) {
    expectOAuthError(await requestToken(refreshOf(application, unknown)), 400, "invalid_grant");
  }
});

test("an access token isn't a refresh token, a refresh token isn't an access token", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const { accessToken, refreshToken } = await obtainTokens(person, application);
  expectOAuthError(await requestToken(refreshOf(application, accessToken)), 400, "invalid_grant");
  expect((await getResource(refreshToken)).status).toBe(401);
});
