import { createRemoteJWKSet, decodeProtectedHeader } from "jose";
import * as oauth4webapi from "oauth4webapi";
import * as openidClient from "openid-client";
import { expect } from "vitest";
import { DpopClient } from "../support/dpop";
import { baseUrl, issuer, secondBaseUrl } from "../support/environment";
import { postForm, send } from "../support/http";
import { introspect, obtainOwnToken } from "../support/introspection-client";
import type { TestApplication } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { metadata, metadataPath, pathOf, readList } from "../support/server-metadata";
import { authorizationOf, credentialsOf, parseJson, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** RFC 8414: together with the files `rfc8414-2-*`, every advertised value is compared with what the server does. */

const appendedPath = "/o/.well-known/oauth-authorization-server";

/** Scopes of other tests come and go. */
const withoutScopes = ({ scopes_supported: _, ...others }: Record<string, unknown>) => others;

test("case 102: both addresses, with and without a slash, return the same to everyone, from every server", async () => {
  for (const path of [metadataPath, `${metadataPath}/`, appendedPath, `${appendedPath}/`]) {
    for (const base of [baseUrl, secondBaseUrl]) {
      const answer = await send("GET", path, { base, headers: { Origin: "https://any.example.test" } });
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({
        "content-type": "application/json",
        "cache-control": "public, max-age=3600",
        "access-control-allow-origin": "*",
        "x-content-type-options": "nosniff",
      });
      expect(answer.headers["set-cookie"]).toBeUndefined();
      expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
      expect(withoutScopes(parseJson(answer.text))).toEqual(withoutScopes(metadata));
    }
  }
});

test("attack 12: issuer and addresses are the configured ones, whatever the Host header", async () => {
  const headers = { Host: "evil.example.test", "X-Forwarded-Host": "evil.example.test", Forwarded: "host=evil" };
  const answer = await send("GET", metadataPath, { headers });
  expect(withoutScopes(parseJson(answer.text))).toEqual(withoutScopes(metadata));
  expect(metadata.issuer).toBe(issuer);
  for (const [name, value] of Object.entries(metadata)) {
    if (/_endpoint$|_uri$/.test(name)) expect(String(value).startsWith(`${issuer}/`), name).toBe(true);
  }
});

test("only reading is allowed, whatever headers a script sends", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    expect((await send(method, metadataPath)).headers.allow).toBe("GET, HEAD, OPTIONS");
  }
  expect((await send("HEAD", metadataPath)).status).toBe(200);
  const preflight = await send("OPTIONS", metadataPath, {
    headers: { Origin: "https://any.example.test", "Access-Control-Request-Method": "GET" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers).toMatchObject({
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*",
  });
});

test("oauth4webapi and openid-client discover the server and use what they find", async ({ portal }) => {
  const insecure = { [oauth4webapi.allowInsecureRequests]: true };
  const response = await oauth4webapi.discoveryRequest(new URL(issuer), { algorithm: "oauth2", ...insecure });
  const discovered = await oauth4webapi.processDiscoveryResponse(new URL(issuer), response);
  expect(withoutScopes(discovered)).toEqual(withoutScopes(metadata));

  const machine = await portal.createMachine();
  const configuration = await openidClient.discovery(
    ...([new URL(issuer), machine.clientId, {}, openidClient.ClientSecretBasic(machine.clientSecret)] as const),
    { algorithm: "oauth2", execute: [openidClient.allowInsecureRequests] },
  );
  const tokens = await openidClient.clientCredentialsGrant(configuration, {});
  noteSecret(tokens.access_token);
  expect(await openidClient.tokenIntrospection(configuration, tokens.access_token)).toMatchObject({ active: true });
  await openidClient.tokenRevocation(configuration, tokens.access_token);
  expect(await openidClient.tokenIntrospection(configuration, tokens.access_token)).toEqual({ active: false });
});

test("every advertised endpoint answers, and what isn't advertised doesn't", async () => {
  for (const name of [
    "token_endpoint",
    "revocation_endpoint",
    "introspection_endpoint",
    "pushed_authorization_request_endpoint",
    "device_authorization_endpoint",
  ]) {
    const answer = await postForm(pathOf(name), {});
    expect(parseJson(answer.text).error, name).toMatch(/^invalid_(request|client)$/);
    expect((await send("GET", pathOf(name))).status, name).toBe(405);
  }
  expect((await send("GET", pathOf("authorization_endpoint"))).status).toBe(400);
  // Registration is off unless it is configured.
  expect(metadata).not.toHaveProperty("registration_endpoint");
  expect((await send("POST", "/o/register/", { body: "{}" })).status).toBe(404);
});

test("each advertised grant type is known, and no other is", async ({ portal }) => {
  const advertised = readList("grant_types_supported");
  const all = [...advertised, "password", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer"];
  const application = await portal.createApplication();
  for (const grantType of all) {
    const { body } = await requestToken({ grant_type: grantType, ...credentialsOf(application) });
    expect(body.error === "unsupported_grant_type", grantType).toBe(!advertised.includes(grantType));
  }
  expect(advertised).toContain("urn:ietf:params:oauth:grant-type:device_code");
});

test("scopes: each advertised one is for any application, and restricted ones are not listed", async ({ portal }) => {
  const restricted = await portal.createScope({ isRestricted: true });
  const open = await portal.createScope();
  const fresh = parseJson((await send("GET", metadataPath)).text).scopes_supported as string[];
  expect(fresh).toEqual(expect.arrayContaining(["read", "write", open]));
  expect(fresh).not.toContain(restricted);
  expect(fresh).not.toContain("introspection");
  const machine = await portal.createMachine();
  for (const scope of ["read", "write", open]) {
    expect((await requestScope(machine, scope)).status, scope).toBe(200);
  }
  expect((await requestScope(machine, restricted)).body.error).toBe("invalid_scope");
});

function requestScope(machine: TestApplication, scope: string) {
  return requestToken({ grant_type: "client_credentials", ...credentialsOf(machine), scope });
}

test("each advertised algorithm of DPoP proofs is accepted", async ({ portal }) => {
  const machine = await portal.createMachine();
  const advertised = readList("dpop_signing_alg_values_supported");
  expect(advertised).toContain("ES256");
  for (const alg of advertised) {
    const client = await DpopClient.create(alg);
    const tokens = await client.requestToken({ grant_type: "client_credentials", ...credentialsOf(machine) });
    expect(tokens.body, alg).toMatchObject({ token_type: "DPoP" });
  }
});

test("introspection answers are signed as advertised, with a key of the jwks_uri", async ({ portal }) => {
  const machine = await portal.createMachine();
  const headers = { Accept: "application/token-introspection+jwt" };
  const { text } = await introspect(machine, await obtainOwnToken(machine), { headers });
  const header = decodeProtectedHeader(text);
  expect(readList("introspection_signing_alg_values_supported")).toContain(header.alg);
  const key = await createRemoteJWKSet(new URL(String(metadata.jwks_uri)))({ alg: "RS256", ...header });
  expect(key.type).toBe("public");
});

test("pushed requests are not required, as advertised, and each protected resource names this server", async ({
  portal,
  person,
}) => {
  expect(metadata.require_pushed_authorization_requests).toBe(false);
  const application = await portal.createApplication({ skipConsent: true });
  expect(await person.obtainCode(authorizationOf(application))).not.toBe("");
  const resources = readList("protected_resources");
  expect(resources).toContain(`${baseUrl}/resource`);
  for (const resource of resources) {
    const path = `/.well-known/oauth-protected-resource${new URL(resource).pathname}`;
    expect(parseJson((await send("GET", path)).text)).toMatchObject({ resource, authorization_servers: [issuer] });
  }
});

test("the pages are in each of the languages that are advertised, and in English for any other", async () => {
  const languageOf = async (language: string) => {
    const page = await send("GET", "/login", { headers: { "Accept-Language": language } });
    return /<html[^>]* lang="([^"]*)"/.exec(page.text)?.[1];
  };
  for (const language of readList("ui_locales_supported")) expect(await languageOf(language)).toBe(language);
  expect(await languageOf("tlh")).toBe("en");
});

test("nothing is advertised that none of these tests checks", () => {
  expect(Object.keys(metadata).toSorted()).toEqual([
    "acr_values_supported",
    "authorization_endpoint",
    "authorization_response_iss_parameter_supported",
    "authorization_signing_alg_values_supported",
    "backchannel_logout_session_supported",
    "backchannel_logout_supported",
    "check_session_iframe",
    "claim_types_supported",
    "claims_parameter_supported",
    "claims_supported",
    "code_challenge_methods_supported",
    "device_authorization_endpoint",
    "display_values_supported",
    "dpop_signing_alg_values_supported",
    "end_session_endpoint",
    "frontchannel_logout_session_supported",
    "frontchannel_logout_supported",
    "grant_types_supported",
    "id_token_signing_alg_values_supported",
    "introspection_endpoint",
    "introspection_endpoint_auth_methods_supported",
    "introspection_endpoint_auth_signing_alg_values_supported",
    "introspection_signing_alg_values_supported",
    "issuer",
    "jwks_uri",
    "prompt_values_supported",
    "protected_resources",
    "pushed_authorization_request_endpoint",
    "request_object_signing_alg_values_supported",
    "request_parameter_supported",
    "request_uri_parameter_supported",
    "require_pushed_authorization_requests",
    "require_request_uri_registration",
    "require_signed_request_object",
    "response_modes_supported",
    "response_types_supported",
    "revocation_endpoint",
    "revocation_endpoint_auth_methods_supported",
    "revocation_endpoint_auth_signing_alg_values_supported",
    "scopes_supported",
    "subject_types_supported",
    "token_endpoint",
    "token_endpoint_auth_methods_supported",
    "token_endpoint_auth_signing_alg_values_supported",
    "ui_locales_supported",
    "userinfo_endpoint",
    "userinfo_signing_alg_values_supported",
  ]);
});
