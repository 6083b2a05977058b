import { expect } from "vitest";
import { authorizePath, BrowserClient } from "../support/browser-client";
import { issuer } from "../support/environment";
import { expectErrorPage, expectOAuthError } from "../support/expectations";
import { FapiClient, now } from "../support/fapi-client";
import { postForm, send } from "../support/http";
import { parseJson } from "../support/token-client";
import { test } from "../support/vitest";

/** The modules of fapi2-security-profile-final about pushed requests, one test each, by name. */

test("fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds: opened twice, answered once", async ({
  portal,
  user,
}) => {
  const client = await FapiClient.create(portal);
  const reference = await client.obtainReference();
  const [first, second] = [new BrowserClient(), new BrowserClient()];
  for (const browser of [first, first, second]) {
    expect((await browser.get(authorizePath(reference))).headers.location).toMatch(/^\/login\?/);
  }
  const location = await first.authorize(reference, { user });
  expect(location.searchParams.has("code")).toBe(true);
  expectErrorPage(await first.get(authorizePath(reference)));
});

test("fapi2-security-profile-final-par-attempt-reuse-request_uri: a page after it was answered, and no second code", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal, "fapi2_security", { skipConsent: true });
  const reference = await client.obtainReference();
  expect(await person.obtainCode(reference)).not.toBe("");
  expectErrorPage(await person.get(authorizePath(reference)));
  const again = await client.obtainReference();
  const answers = await Promise.all(Array.from({ length: 20 }, () => person.get(authorizePath(again))));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(19).fill(400)]);
  expect(await portal.countCodes(client.application)).toBe(2);
});

test("fapi2-security-profile-final-par-attempt-to-use-expired-request_uri: a page, and it lives less than ten minutes", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const answer = await client.push();
  expect(Number(parseJson(answer.text).expires_in)).toBeLessThan(600);
  const reference = await client.obtainReference();
  await portal.database.pushedAuthorizationRequest.updateMany({
    where: { applicationId: client.application.id },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  expectErrorPage(await person.get(authorizePath(reference)));
});

test("fapi2-security-profile-final-par-attempt-to-use-request_uri-for-different-client: a page, and its own client continues", async ({
  portal,
  person,
}) => {
  const [client, other] = [await FapiClient.create(portal), await FapiClient.create(portal)];
  const reference = await client.obtainReference();
  expectErrorPage(await person.get(authorizePath({ ...reference, client_id: other.application.clientId })));
  expect(await person.obtainCode(reference)).not.toBe("");
});

test("fapi2-security-profile-final-par-authorization-request-containing-request_uri-form-param: invalid_request", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal);
  const request_uri = "urn:example:a-request";
  expectOAuthError(await client.push({ fields: { request_uri } }), 400, "invalid_request");
});

test("fapi2-security-profile-final-par-attempt-invalid-http-method: 405", async () => {
  for (const method of ["GET", "PUT", "DELETE", "PATCH"]) expect((await send(method, "/o/par/")).status).toBe(405);
});

test("fapi2-security-profile-final-par-ensure-pkce-required: invalid_request", async ({ portal }) => {
  const client = await FapiClient.create(portal);
  const fields = { code_challenge: undefined, code_challenge_method: undefined };
  expectOAuthError(await client.push({ fields }), 400, "invalid_request");
});

test("fapi2-security-profile-final-par-plain-pkce-rejected: invalid_request, by name and by default", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal);
  for (const code_challenge_method of ["plain", undefined]) {
    const fields = { code_challenge: client.pkce.verifier, code_challenge_method };
    expectOAuthError(await client.push({ fields }), 400, "invalid_request");
  }
});

test("fapi2-security-profile-final-ensure-redirect-uri-in-authorization-request: invalid_request, although one is registered", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal);
  expectOAuthError(await client.push({ fields: { redirect_uri: undefined } }), 400, "invalid_request");
});

for (const name of ["ensure-registered-redirect-uri", "plain-fapi-tolerate-unregistered-redirect-uri"]) {
  test(`fapi2-security-profile-final-${name}: an address that is not registered is invalid_request`, async ({
    portal,
  }) => {
    const client = await FapiClient.create(portal);
    for (const redirect_uri of [`${client.application.redirectUri}/x`, "https://evil.example.test/callback"]) {
      expectOAuthError(await client.push({ fields: { redirect_uri } }), 400, "invalid_request");
    }
  });
}

for (const [name, response_type] of [
  ["code-idtoken", "code id_token"],
  ["token", "token"],
] as const) {
  test(`fapi2-security-profile-final-ensure-response-type-${name}-fails: unsupported_response_type`, async ({
    portal,
  }) => {
    const client = await FapiClient.create(portal);
    expectOAuthError(await client.push({ fields: { response_type } }), 400, "unsupported_response_type");
  });
}

test("fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted: 201", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal);
  const future = now() + 8;
  expect((await client.push({ assertion: { iat: future, nbf: future } })).status).toBe(201);
});

test("fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails: invalid_client", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal);
  for (const name of ["iat", "nbf"]) {
    const assertion = { [name]: now() + 75, exp: now() + 120 };
    expectOAuthError(await client.push({ assertion }), 401, "invalid_client");
  }
});

for (const [name, aud] of [
  ["array-as-audience", [issuer]],
  ["par-endpoint-url-as-audience", `${issuer}/par/`],
  ["token-endpoint-url-as-audience", `${issuer}/token/`],
] as const) {
  test(`fapi2-security-profile-final-par-test-${name}-fails: invalid_client`, async ({ portal }) => {
    const client = await FapiClient.create(portal);
    expectOAuthError(await client.push({ assertion: { aud } }), 401, "invalid_client");
  });
}

test("FAPI 2.0 Security Profile §5.3.2.2 no. 4: no push without an assertion", async ({ portal }) => {
  const client = await FapiClient.create(portal);
  const { application } = client;
  const request = JSON.parse(JSON.stringify({ ...client.request(), client_id: application.clientId }));
  expectOAuthError(await postForm("/o/par/", request), 401, "invalid_client");
  expectOAuthError(await postForm("/o/par/", { ...request, client_secret: "a secret" }), 401, "invalid_client");
});
