import { setTimeout as sleep } from "node:timers/promises";
import { decodeJwt } from "jose";
import { expect } from "vitest";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import { FapiClient, now, type Weakness } from "../support/fapi-client";
import { postForm } from "../support/http";
import { revokeToken } from "../support/introspection-client";
import { parseJson } from "../support/token-client";
import { test } from "../support/vitest";

/** The modules of fapi2-security-profile-final about the token endpoint, one test each, by name. */

const ownToken = { grant_type: "client_credentials" };
const withOwnTokens = {
  grantTypes: ["authorization_code" as const, "refresh_token" as const, "client_credentials" as const],
};

test("fapi2-security-profile-final-ensure-client-id-in-token-endpoint: an assertion for one client signed by another", async ({
  portal,
  person,
}) => {
  const [client, other] = [await FapiClient.create(portal), await FapiClient.create(portal)];
  const code = await client.obtainCode(person);
  const { clientId } = other.application;
  const answer = await client.exchange(code, {
    fields: { client_id: clientId },
    assertion: { iss: clientId, sub: clientId },
  });
  expectOAuthError(answer, 401, "invalid_client");
});

test("fapi2-security-profile-final-ensure-holder-of-key-required: a token request without a proof", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal, "fapi2_security", withOwnTokens);
  const code = await client.obtainCode(person);
  expectOAuthError(await client.exchange(code, { dpop: null }), 400, "invalid_dpop_proof");
  expectOAuthError(await client.requestToken(ownToken, { dpop: null }), 400, "invalid_dpop_proof");
});

test("fapi2-security-profile-final-ensure-authorization-code-is-bound-to-client: another client's code", async ({
  portal,
  person,
}) => {
  const [client, other] = [await FapiClient.create(portal), await FapiClient.create(portal)];
  const code = await client.obtainCode(person);
  const fields = { code_verifier: client.pkce.verifier };
  expectOAuthError(await other.exchange(code, { fields }), 400, "invalid_grant");
  expect((await client.exchange(code)).status).toBe(200);
});

test("fapi2-security-profile-final-attempt-reuse-authorization-code-after-one-second: refused, and its token is revoked", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const code = await client.obtainCode(person);
  const { accessToken } = await client.exchange(code);
  await sleep(1000);
  expectOAuthError(await client.exchange(code), 400, "invalid_grant");
  expect((await client.dpop.getResource(accessToken)).status).toBe(401);
});

test("fapi2-security-profile-final-ensure-token-endpoint-fails-with-expired-auth-code: after a minute", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const code = await client.obtainCode(person);
  const where = { applicationId: client.application.id };
  const [stored] = await portal.database.authorizationCode.findMany({ where });
  expect(Number(stored?.expiresAt) - Number(stored?.createdAt)).toBeLessThanOrEqual(60_000);
  await portal.database.authorizationCode.updateMany({ where, data: { expiresAt: new Date(Date.now() - 1) } });
  expectOAuthError(await client.exchange(code), 400, "invalid_grant");
});

test("fapi2-security-profile-final-ensure-pkce-code-verifier-required: no verifier", async ({ portal, person }) => {
  const client = await FapiClient.create(portal);
  const code = await client.obtainCode(person);
  expectOAuthError(await client.exchange(code, { fields: { code_verifier: undefined } }), 400, "invalid_grant");
});

test("fapi2-security-profile-final-incorrect-pkce-code-verifier-rejected: another verifier", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const code = await client.obtainCode(person);
  expectOAuthError(await client.exchange(code, { fields: { code_verifier: "x".repeat(43) } }), 400, "invalid_grant");
});

const weakAssertions: [module: string, weakness: () => Weakness][] = [
  ["ensure-signed-client-assertion-with-RS256-fails", () => ({ assertionAlgorithm: "RS256" })],
  ["ensure-client-assertion-in-token-endpoint", () => ({ assertion: null })],
  ["ensure-client-assertion-with-exp-is-5-minutes-in-past-fails", () => ({ assertion: { exp: now() - 300 } })],
  ["ensure-client-assertion-with-wrong-aud-fails", () => ({ assertion: { aud: "https://other.example.test/o" } })],
  ["ensure-client-assertion-with-no-sub-fails", () => ({ assertion: { sub: undefined } })],
];
for (const [module, weakness] of weakAssertions) {
  test(`fapi2-security-profile-final-${module}: invalid_client, and the code remains valid`, async ({
    portal,
    person,
  }) => {
    const client = await FapiClient.create(portal);
    const code = await client.obtainCode(person);
    expectOAuthError(await client.exchange(code, weakness()), 401, "invalid_client");
    expect((await client.exchange(code)).status).toBe(200);
  });
}

test("fapi2-security-profile-final-refresh-token: not rotated, only for its own client, and with a proof", async ({
  portal,
  person,
}) => {
  const [client, other] = [await FapiClient.create(portal), await FapiClient.create(portal)];
  const fields = { scope: "openid offline_access read" };
  const first = await client.obtainTokens(person, { fields });
  const refreshed = [await client.refresh(first.refreshToken), await client.refresh(first.refreshToken)];
  for (const answer of refreshed) {
    expect(answer.status).toBe(200);
    expectNotCached(answer);
    expect(answer.body).toMatchObject({
      token_type: "DPoP",
      refresh_token: first.refreshToken,
      scope: first.body.scope,
    });
    expect(answer.accessToken).not.toBe(first.accessToken);
    const { iss, sub, aud, auth_time, azp } = decodeJwt(String(first.body.id_token));
    expect(decodeJwt(String(answer.body.id_token))).toMatchObject({ iss, sub, aud, auth_time, azp });
    expect((await client.dpop.getResource(answer.accessToken)).status).toBe(200);
  }
  const unauthenticated = await client.refresh(first.refreshToken, { assertion: null });
  expectOAuthError(unauthenticated, 401, "invalid_client");
  expectOAuthError(await client.refresh(first.refreshToken, { dpop: null }), 400, "invalid_dpop_proof");
  expect((await client.refresh(first.refreshToken)).status).toBe(200);
  expectOAuthError(await other.refresh(first.refreshToken), 400, "invalid_grant");
  // Only a thief would present it: the grant ends.
  expectOAuthError(await client.refresh(first.refreshToken), 400, "invalid_grant");
});

test("FAPI 2.0 Security Profile §5.3.2.1 no. 9: many concurrent refreshes all succeed", async ({ portal, person }) => {
  const client = await FapiClient.create(portal);
  const { refreshToken } = await client.obtainTokens(person);
  const answers = await Promise.all(Array.from({ length: 10 }, () => client.refresh(refreshToken)));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(new Set(answers.map(({ accessToken }) => accessToken)).size).toBe(10);
});

test("FAPI 2.0 Security Profile §5.3.2.1 no. 6: introspection and revocation require an assertion as well", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal, "fapi2_security", withOwnTokens);
  const { accessToken } = await client.requestToken(ownToken);
  const { clientId } = client.application;
  const asked = await postForm("/o/introspect/", {
    token: accessToken,
    client_id: clientId,
    client_secret: "a secret",
  });
  expectOAuthError(asked, 401, "invalid_client");
  expectOAuthError(await revokeToken(client.application, { token: accessToken }), 401, "invalid_client");
  const answer = parseJson((await client.introspect(accessToken, "application/json")).text);
  expect(answer).toMatchObject({ active: true, token_type: "DPoP", cnf: { jkt: client.dpop.key.jkt } });
});

test("manual changes in the database open nothing", async ({ portal, person }) => {
  const client = await FapiClient.create(portal);
  const { id } = client.application;
  await portal.database.application.update({
    where: { id },
    data: {
      requirePkce: false,
      requirePushedAuthorizationRequests: false,
      dpopBoundAccessTokens: false,
      tokenEndpointAuthMethod: null,
      idTokenSignedResponseAlg: "RS256",
    },
    select: { id: true },
  });
  const { clientSecret } = await portal.addSecret(client.application);
  const code = await client.obtainCode(person);
  const request = { ...ownToken, client_id: client.application.clientId, client_secret: clientSecret };
  expectOAuthError(await postForm("/o/token/", request), 401, "invalid_client");
  expectOAuthError(await client.exchange(code, { dpop: null }), 400, "invalid_dpop_proof");
  const { body } = await client.exchange(code);
  expect(body.token_type).toBe("DPoP");
  expect(JSON.parse(Buffer.from(String(body.id_token).split(".")[0] ?? "", "base64url").toString()).alg).toBe("PS256");
});
