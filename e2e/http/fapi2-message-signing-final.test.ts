import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, importJWK, UnsecuredJWT } from "jose";
import * as openidClient from "openid-client";
import { expect } from "vitest";
import { authorizePath, type BrowserClient } from "../support/browser-client";
import { issuer } from "../support/environment";
import { expectErrorPage, expectOAuthError } from "../support/expectations";
import { FapiClient, now } from "../support/fapi-client";
import { send } from "../support/http";
import { noteSecret } from "../support/secrets-seen";
import { metadata, readList } from "../support/server-metadata";
import { parseJson } from "../support/token-client";
import { test } from "../support/vitest";

/**
 * The modules of the test plan fapi2-message-signing-final about signed requests and responses, one test each. The plan
 * uses the names of the security profile's modules, on which it is based.
 */

const keys = createLocalJWKSet(JSON.parse((await send("GET", "/o/.well-known/jwks.json")).text));
const profile = "fapi2_message_signing";

/** JARM §2.1, §4.4: the response, with verified signature, issuer and audience. */
async function readResponse(client: FapiClient, location: URL): Promise<Record<string, unknown>> {
  expect([...location.searchParams.keys()]).toEqual(["response"]);
  const response = location.searchParams.get("response") ?? "";
  await compactVerify(response, keys);
  expect(decodeProtectedHeader(response).alg).toBe("PS256");
  const claims = decodeJwt(response);
  expect(claims).toMatchObject({ iss: issuer, aud: client.application.clientId, exp: expect.any(Number) });
  noteSecret(String(claims.code ?? ""));
  return claims;
}

async function authorize(client: FapiClient, person: BrowserClient, request: string): Promise<Record<string, unknown>> {
  const answer = await client.pushFields({ request });
  expect(answer.status).toBe(201);
  const request_uri = String(parseJson(answer.text).request_uri);
  const reference = { client_id: client.application.clientId, request_uri };
  return readResponse(client, await person.authorize(reference));
}

test("fapi2-security-profile-final-discovery-end-point-verification: what signed messages need", () => {
  expect(readList("response_modes_supported")).toContain("jwt");
  for (const name of [
    "authorization_signing_alg_values_supported",
    "request_object_signing_alg_values_supported",
    "introspection_signing_alg_values_supported",
  ]) {
    expect(readList(name), name).toEqual(expect.arrayContaining(["PS256", "ES256", "EdDSA"]));
  }
  expect(metadata.request_parameter_supported).toBe(true);
});

test("fapi2-security-profile-final-happy-flow: signed requests, signed answers, two clients", async ({
  portal,
  person,
}) => {
  for (let index = 0; index < 2; index += 1) {
    const client = await FapiClient.create(portal, profile);
    const typ = index === 0 ? "oauth-authz-req+jwt" : "JWT";
    const response = await authorize(client, person, await client.signRequest({ response_mode: "jwt" }, { typ }));
    expect(response).toMatchObject({ state: "a state", code: expect.any(String) });
    const { body, accessToken } = await client.exchange(String(response.code));
    expect(decodeJwt(String(body.id_token))).toMatchObject({ nonce: "a nonce" });
    expect((await client.dpop.getResource(accessToken)).status).toBe(200);
  }
});

test("fapi2-security-profile-final-user-rejects-authentication: the refusal is signed", async ({ portal, person }) => {
  const client = await FapiClient.create(portal, profile);
  const location = await person.authorize(await client.obtainReference(), { decision: "deny" });
  expect(await readResponse(client, location)).toMatchObject({ error: "access_denied", state: "a state" });
});

test("fapi2-security-profile-final-state-only-outside-request-object-not-used: no state comes back", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal, profile);
  const request = await client.signRequest({ state: undefined });
  const answer = await client.pushFields({ request, state: "beside", scope: "openid" });
  const request_uri = String(parseJson(answer.text).request_uri);
  const reference = { client_id: client.application.clientId, request_uri, state: "outside" };
  const response = await readResponse(client, await person.authorize(reference));
  expect(response).toHaveProperty("code");
  expect(response).not.toHaveProperty("state");
});

for (const name of ["nonce", "state"]) {
  test(`fapi2-security-profile-final-ensure-different-${name}-inside-and-outside-request-object: the signed value counts`, async ({
    portal,
    person,
  }) => {
    const client = await FapiClient.create(portal, profile);
    const answer = await client.pushFields({ request: await client.signRequest(), [name]: "outside" });
    const request_uri = String(parseJson(answer.text).request_uri);
    const location = await person.authorize({ client_id: client.application.clientId, request_uri });
    const response = await readResponse(client, location);
    expect(response.state).toBe("a state");
    const { body } = await client.exchange(String(response.code));
    expect(decodeJwt(String(body.id_token)).nonce).toBe("a nonce");
  });
}

const accepted: [module: string, claims: () => Record<string, unknown>][] = [
  ["request-object-with-multiple-aud-succeeds", () => ({ aud: ["https://other.example.test/o", issuer] })],
  ["request-object-with-nbf-8-seconds-in-the-future-is-accepted", () => ({ nbf: now() + 8 })],
];
for (const [module, claims] of accepted) {
  test(`fapi2-security-profile-final-ensure-${module}: leads to a code`, async ({ portal, person }) => {
    const client = await FapiClient.create(portal, profile);
    expect(await authorize(client, person, await client.signRequest(claims()))).toHaveProperty("code");
  });
}

const refused: [module: string, claims: () => Record<string, unknown>, alg?: string][] = [
  ["ensure-request-object-without-exp-fails", () => ({ exp: undefined })],
  ["ensure-request-object-without-nbf-fails", () => ({ nbf: undefined })],
  ["ensure-expired-request-object-fails", () => ({ nbf: now() - 600, exp: now() - 300 })],
  ["ensure-request-object-with-bad-aud-fails", () => ({ aud: "https://other.example.test/o" })],
  ["ensure-request-object-with-exp-over-60-fails", () => ({ exp: now() + 70 * 60 })],
  ["ensure-request-object-with-nbf-over-60-fails", () => ({ nbf: now() - 70 * 60 })],
  ["ensure-signed-request-object-with-RS256-fails", () => ({}), "RS256"],
  ["par-authorization-request-containing-request_uri", () => ({ request_uri: "urn:example:a-request" })],
];
for (const [module, claims, alg] of refused) {
  test(`fapi2-security-profile-final-${module}: invalid_request_object`, async ({ portal }) => {
    const client = await FapiClient.create(portal, profile);
    const request = await client.signRequest(claims(), alg ? { alg } : {});
    expectOAuthError(await client.pushFields({ request }), 400, "invalid_request_object");
  });
}

test("fapi2-security-profile-final-ensure-request-object-without-redirect-uri-fails: invalid_request", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal, profile);
  const request = await client.signRequest({ redirect_uri: undefined });
  const { redirectUri } = client.application;
  expectOAuthError(await client.pushFields({ request }), 400, "invalid_request");
  expectOAuthError(await client.pushFields({ request, redirect_uri: redirectUri }), 400, "invalid_request");
});

test("fapi2-security-profile-final-ensure-request-object-signature-algorithm-is-not-none: invalid_request_object", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal, profile);
  const request = new UnsecuredJWT(decodeJwt(await client.signRequest())).encode();
  expectOAuthError(await client.pushFields({ request }), 400, "invalid_request_object");
});

test("fapi2-security-profile-final-ensure-request-object-with-invalid-signature-fails: invalid_request_object", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal, profile);
  const [header, payload, signature = ""] = (await client.signRequest()).split(".");
  const changed = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
  const request = [header, payload, changed].join(".");
  expectOAuthError(await client.pushFields({ request }), 400, "invalid_request_object");
});

test("fapi2-security-profile-final-ensure-matching-key-in-authorization-request: signed by another client's key", async ({
  portal,
}) => {
  const [client, other] = [await FapiClient.create(portal, profile), await FapiClient.create(portal, profile)];
  const { clientId, redirectUri } = client.application;
  const request = await other.signRequest({ iss: clientId, client_id: clientId, redirect_uri: redirectUri });
  expectOAuthError(await client.pushFields({ request }), 400, "invalid_request_object");
});

test("fapi2-security-profile-final-ensure-unsigned-request-at-par-endpoint-fails: invalid_request", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal, profile);
  expectOAuthError(await client.pushFields(client.request()), 400, "invalid_request");
});

test("FAPI 2.0 Message Signing §5.4.1: a response that isn't signed can't be requested", async ({ portal, person }) => {
  const client = await FapiClient.create(portal, profile);
  for (const response_mode of ["query", "fragment", "form_post"]) {
    const request = await client.signRequest({ response_mode });
    expectOAuthError(await client.pushFields({ request }), 400, "invalid_request");
  }
  const { clientId } = client.application;
  const plain = { client_id: clientId, request: await client.signRequest() };
  expectErrorPage(await person.get(authorizePath(plain)));
});

test("FAPI 2.0 Message Signing §5.5.1, RFC 9701 §5: introspection is signed, whatever the Accept header says", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal, profile);
  const { code } = await authorize(client, person, await client.signRequest());
  const { accessToken } = await client.exchange(String(code));
  for (const accept of ["application/token-introspection+jwt", "application/json"]) {
    const answer = await client.introspect(accessToken, accept);
    expect(answer.headers["content-type"]).toBe("application/token-introspection+jwt");
    await compactVerify(answer.text, keys);
    expect(decodeProtectedHeader(answer.text)).toMatchObject({ alg: "PS256", typ: "token-introspection+jwt" });
    expect(decodeJwt(answer.text)).toMatchObject({
      iss: issuer,
      aud: client.application.clientId,
      token_introspection: { active: true, cnf: { jkt: client.dpop.key.jkt } },
    });
  }
});

test("openid-client 6 completes the flow: PAR, JAR, JARM, private_key_jwt, DPoP and a refresh", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal, profile);
  const { clientId, redirectUri } = client.application;
  const key = { key: (await importJWK(client.privateJwk, "PS256")) as CryptoKey, kid: "fapi" };
  const configuration = await openidClient.discovery(
    new URL(issuer),
    clientId,
    { id_token_signed_response_alg: "PS256", authorization_signed_response_alg: "PS256" },
    openidClient.PrivateKeyJwt(key),
    { execute: [openidClient.allowInsecureRequests, openidClient.useJwtResponseMode] },
  );
  const DPoP = openidClient.getDPoPHandle(configuration, await openidClient.randomDPoPKeyPair("PS256"));
  const pkceCodeVerifier = openidClient.randomPKCECodeVerifier();
  noteSecret(pkceCodeVerifier);
  const parameters = {
    redirect_uri: redirectUri,
    scope: "openid offline_access read",
    code_challenge: await openidClient.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  };
  const signed = await openidClient.buildAuthorizationUrlWithJAR(configuration, parameters, key, {
    [openidClient.modifyAssertion]: (_, payload) => {
      payload.nbf = now();
    },
  });
  const url = await openidClient.buildAuthorizationUrlWithPAR(configuration, signed.searchParams, { DPoP });
  const location = await person.authorize(url.searchParams);
  const tokens = await openidClient.authorizationCodeGrant(configuration, location, { pkceCodeVerifier }, undefined, {
    DPoP,
  });
  expect(tokens).toMatchObject({ token_type: "dpop", scope: "openid offline_access read" });
  const refreshed = await openidClient.refreshTokenGrant(configuration, tokens.refresh_token ?? "", undefined, {
    DPoP,
  });
  expect(refreshed.refresh_token).toBe(tokens.refresh_token);
  for (const secret of [tokens.access_token, refreshed.access_token, tokens.refresh_token]) noteSecret(secret ?? "");
});
