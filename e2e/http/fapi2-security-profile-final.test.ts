import { decodeJwt, decodeProtectedHeader } from "jose";
import { expect } from "vitest";
import { authorizePath, findForm } from "../support/browser-client";
import { DpopClient } from "../support/dpop";
import { issuer } from "../support/environment";
import { expectErrorPage, expectErrorResponse, expectOAuthError } from "../support/expectations";
import { FapiClient } from "../support/fapi-client";
import { send } from "../support/http";
import { readList } from "../support/server-metadata";
import { parseJson } from "../support/token-client";
import { test } from "../support/vitest";

/**
 * The modules of the test plan fapi2-security-profile-final for private_key_jwt, DPoP and OpenID Connect, one test
 * each, by name: an authorization from the client's request to its response. The others are in the files beside this
 * one.
 */

const allowed = ["PS256", "ES256", "EdDSA"];

test("a profile sets what it requires, and refuses an application that can't have it", async ({ portal }) => {
  const { application } = await FapiClient.create(portal);
  const { id } = application;
  expect(await portal.database.application.findUniqueOrThrow({ where: { id } })).toMatchObject({
    requirePkce: true,
    requirePushedAuthorizationRequests: true,
    dpopBoundAccessTokens: true,
    tokenEndpointAuthMethod: "private_key_jwt",
    idTokenSignedResponseAlg: "PS256",
    requireSignedRequestObject: false,
  });
  expect(application.clientSecret).toBe("");
  const create = (overrides: object) => FapiClient.create(portal, "fapi2_security", overrides);
  for (const overrides of [
    { clientType: "public" },
    { tokenEndpointAuthMethod: "client_secret_basic" },
    { redirectUris: ["http://localhost/callback"] },
    { grantTypes: ["urn:ietf:params:oauth:grant-type:device_code"], redirectUris: [] },
    { jwks: null },
  ]) {
    await expect(create(overrides)).rejects.toThrow();
  }
});

test("fapi2-security-profile-final-discovery-end-point-verification: the metadata has what the profile needs", async () => {
  const document = parseJson((await send("GET", "/o/.well-known/openid-configuration")).text);
  expect(document).toMatchObject({
    issuer,
    response_types_supported: ["code"],
    authorization_response_iss_parameter_supported: true,
    pushed_authorization_request_endpoint: `${issuer}/par/`,
    require_pushed_authorization_requests: false,
    code_challenge_methods_supported: ["S256"],
  });
  expect(readList("token_endpoint_auth_methods_supported")).toContain("private_key_jwt");
  for (const name of [
    "dpop_signing_alg_values_supported",
    "id_token_signing_alg_values_supported",
    "userinfo_signing_alg_values_supported",
    "token_endpoint_auth_signing_alg_values_supported",
  ]) {
    expect(readList(name), name).toEqual(expect.arrayContaining(allowed));
  }
  expect(readList("scopes_supported")).toContain("openid");
  expect(readList("subject_types_supported")).toContain("public");
});

test("fapi2-security-profile-final-happy-flow: two clients, and tokens that only their own keys can use", async ({
  portal,
  person,
  user,
}) => {
  const clients = [await FapiClient.create(portal), await FapiClient.create(portal)] as const;
  const tokens: string[] = [];
  for (const client of clients) {
    const location = await person.authorize(await client.obtainReference());
    expect(location.href.split("?")[0]).toBe(client.application.redirectUri);
    expect([...location.searchParams.keys()].sort()).toEqual(["code", "iss", "session_state", "state"]);
    expect(location.searchParams.get("iss")).toBe(issuer);
    const answer = await client.exchange(location.searchParams.get("code") ?? "");
    expect(answer.body).toMatchObject({ token_type: "DPoP", scope: "openid read" });
    const idToken = String(answer.body.id_token);
    expect(decodeProtectedHeader(idToken).alg).toBe("PS256");
    const { clientId } = client.application;
    expect(decodeJwt(idToken)).toMatchObject({ iss: issuer, aud: clientId, sub: user.id, nonce: "a nonce" });
    expect((await client.dpop.getResource(answer.accessToken)).status).toBe(200);
    tokens.push(answer.accessToken);
  }
  const [first] = clients;
  expect((await first.dpop.getResource(tokens[1] ?? "")).status).toBe(401);
  expect((await send("GET", `/resource?access_token=${tokens[0]}`)).status).toBe(401);
});

test("fapi2-security-profile-final-user-rejects-authentication: the client gets the error", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const location = await person.authorize(await client.obtainReference(), { decision: "deny" });
  expectErrorResponse(location, client.application.redirectUri, "access_denied");
});

test("fapi2-security-profile-final-ensure-authorization-request-without-state-success: no state comes back", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const location = await person.authorize(await client.obtainReference({ fields: { state: undefined } }));
  expect(location.searchParams.has("code")).toBe(true);
  expect(location.searchParams.has("state")).toBe(false);
});

test("fapi2-security-profile-final-ensure-authorization-request-without-nonce-success: no nonce comes back", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const { body } = await client.obtainTokens(person, { fields: { nonce: undefined } });
  expect(decodeJwt(String(body.id_token))).not.toHaveProperty("nonce");
});

for (const [name, length] of [
  ["ensure-authorization-request-with-64-char-nonce-success", 64],
  ["ensure-authorization-request-with-long-nonce", 384],
] as const) {
  test(`fapi2-security-profile-final-${name}: it comes back unchanged`, async ({ portal, person }) => {
    const client = await FapiClient.create(portal);
    const nonce = "n".repeat(length);
    const { body } = await client.obtainTokens(person, { fields: { nonce } });
    expect(decodeJwt(String(body.id_token)).nonce).toBe(nonce);
  });
}

test("fapi2-security-profile-final-ensure-authorization-request-with-long-state: it comes back unchanged", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const state = "s".repeat(1024);
  const location = await person.authorize(await client.obtainReference({ fields: { state } }));
  expect(location.searchParams.get("state")).toBe(state);
});

test("fapi2-security-profile-final-ensure-other-scope-order-succeeds: the order of scopes doesn't matter", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const { body } = await client.obtainTokens(person, { fields: { scope: "read openid" } });
  expect(String(body.scope).split(" ").sort()).toEqual(["openid", "read"]);
});

test("fapi2-security-profile-final-test-claims-parameter-identity-claims: the requested claims, and nothing unknown", async ({
  portal,
  person,
  user,
}) => {
  const client = await FapiClient.create(portal);
  const asked = { email: null, email_verified: { essential: true }, preferred_username: { essential: false }, x: null };
  const claims = JSON.stringify({ id_token: asked, userinfo: asked });
  const { body, accessToken } = await client.obtainTokens(person, { fields: { claims } });
  const known = { email: user.email, email_verified: expect.any(Boolean), preferred_username: user.username };
  const idToken = decodeJwt(String(body.id_token));
  expect(idToken).toMatchObject(known);
  const answer = await client.dpop.send("GET", "/o/userinfo/", { accessToken });
  expect(parseJson(answer.text)).toEqual({ sub: user.id, ...known });
  expect(idToken).not.toHaveProperty("x");
});

test("fapi2-security-profile-final-access-token-type-header-case-sensitivity: the scheme's case doesn't matter", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const { accessToken } = await client.obtainTokens(person);
  const headers = { Authorization: `dPoP ${accessToken}` };
  expect((await client.dpop.getResource(accessToken, { headers })).status).toBe(200);
});

for (const name of ["nonce", "state"] as const) {
  test(`fapi2-security-profile-final-ensure-different-${name}-inside-and-outside-request-object: the pushed value counts`, async ({
    portal,
    person,
  }) => {
    const client = await FapiClient.create(portal);
    const location = await person.authorize({ ...(await client.obtainReference()), [name]: "another" });
    expect(location.searchParams.get("state")).toBe("a state");
    const { body } = await client.exchange(location.searchParams.get("code") ?? "");
    expect(decodeJwt(String(body.id_token)).nonce).toBe("a nonce");
  });
}

test("fapi2-security-profile-final-state-only-outside-request-object-not-used: no state comes back", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const reference = await client.obtainReference({ fields: { state: undefined } });
  const location = await person.authorize({ ...reference, state: "outside" });
  expect(location.searchParams.has("code")).toBe(true);
  expect(location.searchParams.has("state")).toBe(false);
});

test("fapi2-security-profile-final-par-without-duplicate-parameters: client_id and request_uri are enough", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const reference = await client.obtainReference();
  expect(Object.keys(reference)).toEqual(["client_id", "request_uri"]);
  expect(await person.obtainCode(reference)).not.toBe("");
});

test("fapi2-security-profile-final-ensure-unsigned-authorization-request-without-using-par-fails: a page, no redirect", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const request = JSON.parse(JSON.stringify({ client_id: client.application.clientId, ...client.request() }));
  expectErrorPage(await person.get(authorizePath(request)));
  expectErrorPage(await person.get(authorizePath({ ...request, request: await client.signRequest() })));
  expect(await portal.countCodes(client.application)).toBe(0);
});

test("client credentials: a token of the client's own, bound to its key; no other grant and no secret", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal, "fapi2_security", {
    grantTypes: ["client_credentials"],
    redirectUris: [],
  });
  const own = await client.requestToken({ grant_type: "client_credentials", scope: "read" });
  expect(own.body).toMatchObject({ token_type: "DPoP", scope: "read" });
  expect((await client.dpop.getResource(own.accessToken)).status).toBe(200);
  expectOAuthError(await client.requestToken({ grant_type: "password" }), 400, "unsupported_grant_type");
  const weaker = await DpopClient.create("RS256");
  const answer = await client.requestToken({ grant_type: "client_credentials" }, { dpop: weaker });
  expectOAuthError(answer, 400, "invalid_dpop_proof");
});

test("FAPI 2.0 Security Profile §5.3.2.2 no. 13: the consent page names the client and what it requests", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const answer = await person.get(authorizePath(await client.obtainReference()));
  const page = await person.get(answer.headers.location ?? "");
  expect(findForm(page, "/consent/submit")).toBeDefined();
  expect(page.text).toContain(client.application.name);
});
