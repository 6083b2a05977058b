import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import * as oauth4webapi from "oauth4webapi";
import * as openidClient from "openid-client";
import { expect } from "vitest";
import { baseUrl, issuer, secondBaseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import { postForm } from "../support/http";
import { noteSecret } from "../support/secrets-seen";
import {
  authorizationOf,
  credentialsOf,
  exchangeOf,
  getResource,
  obtainTokens,
  parseJson,
  refreshOf,
  requestToken,
} from "../support/token-client";
import { test } from "../support/vitest";

const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
const metadataUrl = new URL(`${baseUrl}/.well-known/oauth-authorization-server/o`);

test("RFC 9068 §2: an API configured for JWTs gets them, and verifies them with the published keys", async ({
  portal,
  person,
  user,
}) => {
  const application = await portal.createApplication();
  const { identifier } = await portal.createApi({ tokenFormat: "jwt", lifetime: 300, scopes: ["read"] });
  const first = await obtainTokens(person, application, { resource: identifier });
  expect(first.body).toMatchObject({ token_type: "Bearer", expires_in: 300, scope: "read" });
  expect(decodeProtectedHeader(first.accessToken)).toMatchObject({ typ: "at+jwt", alg: "RS256" });
  const checks = { issuer, audience: identifier, typ: "at+jwt" };
  const { payload } = await jwtVerify(first.accessToken, keys, checks);
  expect(payload).toMatchObject({ sub: user.id, client_id: application.clientId, scope: "read" });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);

  const second = await requestToken(refreshOf(application, first.refreshToken), { base: secondBaseUrl });
  const renewed = await jwtVerify(second.accessToken, keys, checks);
  expect(renewed.payload.jti).not.toBe(payload.jti);
});

test("RFC 9068 with oauth4webapi as the API", async ({ portal }) => {
  const machine = await portal.createMachine();
  const { identifier } = await portal.createApi({ tokenFormat: "jwt" });
  const { accessToken } = await requestToken({
    grant_type: "client_credentials",
    resource: identifier,
    ...credentialsOf(machine),
  });
  const insecure = { [oauth4webapi.allowInsecureRequests]: true };
  const as = await oauth4webapi
    .discoveryRequest(new URL(issuer), { ...insecure, algorithm: "oauth2" })
    .then((response) => oauth4webapi.processDiscoveryResponse(new URL(issuer), response));
  const request = new Request(identifier, { headers: { Authorization: `Bearer ${accessToken}` } });
  const claims = await oauth4webapi.validateJwtAccessToken(as, request, identifier, insecure);
  expect(claims).toMatchObject({ sub: machine.clientId, client_id: machine.clientId, aud: identifier });
  const wrong = new Request(identifier, { headers: { Authorization: `Bearer ${accessToken}` } });
  await expect(oauth4webapi.validateJwtAccessToken(as, wrong, "https://other.example/", insecure)).rejects.toThrow();
});

test("it can be revoked like every other token, and introspection at both servers shows it", async ({ portal }) => {
  const machine = await portal.createMachine();
  const { identifier } = await portal.createApi({ tokenFormat: "jwt" });
  const request = { grant_type: "client_credentials", resource: identifier, ...credentialsOf(machine) };
  const { accessToken } = await requestToken(request);
  const introspect = async (base: string) =>
    parseJson((await postForm("/o/introspect/", { token: accessToken, ...credentialsOf(machine) }, { base })).text);
  const { payload } = await jwtVerify(accessToken, keys);
  expect(await introspect(baseUrl)).toMatchObject({ active: true, aud: [identifier], jti: payload.jti, iss: issuer });
  const revocation = { token: accessToken, ...credentialsOf(machine) };
  expect((await postForm("/o/revoke_token/", revocation, { base: secondBaseUrl })).status).toBe(200);
  for (const base of [baseUrl, secondBaseUrl]) expect(await introspect(base)).toEqual({ active: false });
});

test("RFC 9700 §4.9: our own resource refuses a token for another API, signed or not", async ({ portal }) => {
  const machine = await portal.createMachine();
  for (const tokenFormat of ["jwt", "opaque"] as const) {
    const { identifier } = await portal.createApi({ tokenFormat });
    const request = { grant_type: "client_credentials", resource: identifier, ...credentialsOf(machine) };
    const { accessToken } = await requestToken(request);
    expectOAuthError(await getResource(accessToken), 401, "invalid_token");
  }
});

test("RFC 8707 §2.2: openid-client narrows at the token endpoint, and nothing widens again", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const [one, other, foreign] = [await portal.createApi(), await portal.createApi(), await portal.createApi()];
  const secret = { client_secret: application.clientSecret };
  const options = { execute: [openidClient.allowInsecureRequests], algorithm: "oauth2" as const };
  const configuration = await openidClient.discovery(
    metadataUrl,
    application.clientId,
    secret,
    openidClient.ClientSecretPost(application.clientSecret),
    options,
  );
  const wanted = new URLSearchParams({ redirect_uri: application.redirectUri, scope: "read" });
  for (const { identifier } of [one, other]) wanted.append("resource", identifier);
  const verifier = openidClient.randomPKCECodeVerifier();
  noteSecret(verifier);
  wanted.set("code_challenge", await openidClient.calculatePKCECodeChallenge(verifier));
  wanted.set("code_challenge_method", "S256");
  const url = openidClient.buildAuthorizationUrl(configuration, wanted);
  const code = await person.obtainCode(url.searchParams);
  noteSecret(code);
  const response = new URL(`${application.redirectUri}?code=${code}&iss=${encodeURIComponent(issuer)}`);
  const first = await openidClient.authorizationCodeGrant(
    configuration,
    response,
    { pkceCodeVerifier: verifier },
    { resource: one.identifier },
  );
  for (const token of [first.access_token, first.refresh_token]) noteSecret(token ?? "");
  const introspected = await openidClient.tokenIntrospection(configuration, first.access_token);
  expect(introspected).toMatchObject({ active: true, aud: [one.identifier] });
  const refused = { resource: foreign.identifier };
  await expect(openidClient.refreshTokenGrant(configuration, first.refresh_token ?? "", refused)).rejects.toMatchObject(
    { error: "invalid_target" },
  );
  const second = await openidClient.refreshTokenGrant(configuration, first.refresh_token ?? "", {
    resource: other.identifier,
  });
  for (const token of [second.access_token, second.refresh_token]) noteSecret(token ?? "");
  expect(await openidClient.tokenIntrospection(configuration, second.access_token)).toMatchObject({
    active: true,
    aud: [other.identifier],
  });
});

test("attack 33: a resource without consent", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const { identifier } = await portal.createApi();
  const code = await person.obtainCode(authorizationOf(application));
  expectOAuthError(await requestToken(exchangeOf(application, code, { resource: identifier })), 400, "invalid_target");
  const tokens = await requestToken(exchangeOf(application, code));
  const refresh = refreshOf(application, tokens.refreshToken, { resource: identifier });
  expectOAuthError(await requestToken(refresh), 400, "invalid_target");
});

test("case 22: two resources, and introspection lists both", async ({ portal }) => {
  const machine = await portal.createMachine();
  const [one, other] = [await portal.createApi(), await portal.createApi()];
  const body = new URLSearchParams({ grant_type: "client_credentials", ...credentialsOf(machine) });
  for (const { identifier } of [one, other]) body.append("resource", identifier);
  const response = await fetch(`${issuer}/token/`, { method: "POST", body });
  const { access_token: token } = (await response.json()) as { access_token: string };
  noteSecret(token);
  const answer = await postForm("/o/introspect/", { token, ...credentialsOf(machine) });
  expect(parseJson(answer.text)).toMatchObject({ active: true, aud: [one.identifier, other.identifier] });
});
