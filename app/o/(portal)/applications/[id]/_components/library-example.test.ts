import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { writeLibraryExample } from "./library-example";
import type { QuickStartSubject } from "./quick-start-subject";
import { plainApplication } from "./testing/plain-application";

const issuer = "https://login.example.com/o";
const scopes = ["openid", "profile", "email", "offline_access", "read", "write"];

function write(changes: Partial<QuickStartSubject> = {}, facts = { issuer, scopes }): string {
  return writeLibraryExample({ ...plainApplication, ...changes }, facts).code;
}

const fapi = {
  securityProfile: "fapi2_message_signing",
  requirePkce: true,
  requirePushedAuthorizationRequests: true,
  requireSignedRequestObject: true,
  dpopBoundAccessTokens: true,
  tokenEndpointAuthMethod: "private_key_jwt",
  idTokenSignedResponseAlg: "PS256",
  authorizationSignedResponseAlg: "PS256",
} satisfies Partial<QuickStartSubject>;

const publicClient = { clientType: "public" } as const;
const machine = {
  kind: "machine",
  grantTypes: ["client_credentials"],
  redirectUris: [],
} satisfies Partial<QuickStartSubject>;
const device = {
  ...publicClient,
  kind: "device",
  grantTypes: [deviceCodeGrant, "refresh_token"],
  redirectUris: [],
} satisfies Partial<QuickStartSubject>;

test.each([
  ["web", {}],
  ["web with a key", { tokenEndpointAuthMethod: "private_key_jwt" as const }],
  ["FAPI 2.0 with message signing", fapi],
  ["single page", { ...publicClient, kind: "single_page" as const }],
  ["single page with bound tokens", { ...publicClient, kind: "single_page" as const, dpopBoundAccessTokens: true }],
  ["native", { ...publicClient, kind: "native" as const }],
  ["machine with bound tokens", { ...machine, dpopBoundAccessTokens: true }],
  ["device with bound tokens", { ...device, dpopBoundAccessTokens: true }],
  ["strange characters", { clientId: "a\"b\\c`$d'", redirectUris: ["https://app.example.com/it's?a=$b"] }],
])("%s: the example is a program", (_name, changes) => {
  for (const url of [issuer, "http://127.0.0.1:8000/o"]) {
    const input = write(changes, { issuer: url, scopes });
    execFileSync(process.execPath, ["--check", "--input-type=module", "-"], { input, stdio: "pipe" });
  }
});

test("a web application authenticates with its registered method", () => {
  expect(write()).toContain("client.ClientSecretPost(process.env.CLIENT_SECRET)");
  expect(write({ tokenEndpointAuthMethod: "client_secret_basic" })).toContain("client.ClientSecretBasic(");
  expect(write({ tokenEndpointAuthMethod: "private_key_jwt" })).toContain("client.PrivateKeyJwt(key)");
  expect(write(publicClient)).toContain("client.None()");
});

test("it requests what it may have: the user's identity, or else its own scopes", () => {
  expect(write()).toContain('scope: "openid profile email"');
  expect(write()).toContain("idTokenExpected: true");
  const withoutOpenid = write({}, { issuer, scopes: ["read", "email"] });
  expect(withoutOpenid).toContain('scope: "read"');
  expect(withoutOpenid).not.toContain("idTokenExpected");
  expect(write(machine)).toContain('scope: "read write"');
});

test("a library is configured where its defaults differ", () => {
  expect(write()).toContain("  undefined,\n");
  expect(write({ idTokenSignedResponseAlg: "ES256", userinfoSignedResponseAlg: "EdDSA" })).toContain(
    '{ id_token_signed_response_alg: "ES256", userinfo_signed_response_alg: "EdDSA" }',
  );
  expect(write(machine)).not.toContain("id_token_signed_response_alg");
});

test("a key without an algorithm is used with the chosen one, or with its usual one", () => {
  const withKey = (jwk: object) =>
    write({ tokenEndpointAuthMethod: "private_key_jwt", jwks: { keys: [{ kty: "EC", crv: "P-256", ...jwk }] } });
  expect(withKey({})).toContain('jwk.alg ?? "ES256"');
  expect(withKey({ kty: "RSA", crv: undefined })).toContain('jwk.alg ?? "PS256"');
  expect(withKey({ kty: "OKP", crv: "Ed25519" })).toContain('jwk.alg ?? "EdDSA"');
  expect(write({ requireSignedRequestObject: true, requestObjectSigningAlg: "ES384" })).toContain('?? "ES384"');
});

test("only an issuer on http needs the option for it", () => {
  expect(write()).not.toContain("allowInsecureRequests");
  expect(write({}, { issuer: "http://127.0.0.1:8000/o", scopes })).toContain("allowInsecureRequests");
});

test("FAPI 2.0 with message signing: signed, pushed, bound, and answered with a JWT", () => {
  const code = write(fapi);
  expect(code).toContain("buildAuthorizationUrlWithJAR(config, request, key)");
  expect(code).toContain("buildAuthorizationUrlWithPAR(config, signed.searchParams, { DPoP })");
  expect(code).toContain("client.useJwtResponseMode(config)");
  expect(code).toContain("{ DPoP }");
});

test("a single-page app gets a library for browsers, unless that one lacks a required feature", () => {
  const singlePage = { ...publicClient, kind: "single_page" } as const;
  expect(write(singlePage)).toContain('from "oidc-client-ts"');
  expect(write({ ...singlePage, requirePushedAuthorizationRequests: true })).toContain('from "openid-client"');
});
