import { describe, expect, test } from "vitest";
import { keepPrivileges, type PrivilegedFields } from "./privileges";

const key = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
const before: PrivilegedFields = {
  redirectUris: ["https://app.example/a", "https://app.example/b"],
  allowedScopes: ["read", "restricted"],
  kind: "web",
  clientType: "confidential",
  grantTypes: ["authorization_code", "refresh_token"],
  tokenEndpointAuthMethod: "private_key_jwt",
  tokenEndpointAuthSigningAlg: "EdDSA",
  jwks: { keys: [key] },
  jwksUri: null,
  skipConsent: true,
  redirectsBeforeSignIn: true,
  securityProfile: null,
};
const keep = (change: object, from: object = before) =>
  keepPrivileges({ ...before, ...from }, { ...before, ...from, ...change }, ["restricted"]);
const everything = { skipConsent: true, redirectsBeforeSignIn: true, allowedScopes: ["read", "restricted"] };

describe("a privilege ends when what it was granted for changes", () => {
  test.each([
    ["another redirect URI", { redirectUris: [...before.redirectUris, "https://elsewhere.example/"] }],
    ["other redirect URIs", { redirectUris: ["https://elsewhere.example/"] }],
    ["a redirect URI less", { redirectUris: before.redirectUris.slice(1) }],
  ])("%s", (_name, change) => {
    const ended = { skipConsent: false, redirectsBeforeSignIn: false, allowedScopes: ["read"] };
    expect(keep(change)).toMatchObject(ended);
  });

  test.each([
    ["another scope", { allowedScopes: ["read", "restricted", "write"] }, ["read", "write"]],
    ["a restricted scope given up", { allowedScopes: ["read"] }, ["read"]],
    ["every scope that isn't restricted", { allowedScopes: [] }, []],
    ["client type", { clientType: "public" }, ["read"]],
    ["grant types", { grantTypes: ["authorization_code", "client_credentials"] }, ["read"]],
    ["method of authentication", { tokenEndpointAuthMethod: "client_secret_basic" }, ["read"]],
    ["algorithm of authentication", { tokenEndpointAuthSigningAlg: null }, ["read"]],
    ["keys", { jwks: { keys: [{ ...key, kid: "another" }] } }, ["read"]],
    ["the address of keys", { jwks: null, jwksUri: "https://app.example/jwks.json" }, ["read"]],
  ])("%s", (_name, change, allowedScopes) => {
    expect(keep(change)).toMatchObject({ skipConsent: false, allowedScopes });
  });

  test.each([
    ["web", "native"],
    ["native", "web"],
    [null, "native"],
    ["native", null],
  ])("the kind from %s to %s, which changes the ports of localhost that codes go to", (kind, changed) => {
    const local = { redirectUris: ["https://app.example/a", "http://localhost:3000/callback"], kind };
    const ended = { skipConsent: false, redirectsBeforeSignIn: false, allowedScopes: ["read"] };
    expect(keep({ kind: changed }, local)).toMatchObject(ended);
  });

  test("permission to redirect before sign-in depends only on redirect URIs", () => {
    expect(keep({ jwks: null }).redirectsBeforeSignIn).toBe(true);
  });
});

describe("it stays with", () => {
  test.each([
    ["nothing that changed", {}],
    ["another name", { name: "Renamed" }],
    [
      "lists in another order",
      { redirectUris: before.redirectUris.toReversed(), allowedScopes: ["restricted", "read"] },
    ],
    [
      "keys whose members come in another order, as the database has them",
      { jwks: { keys: [{ x: key.x, crv: key.crv, kty: key.kty }] } },
    ],
    ["other addresses of the sign-out", { postLogoutRedirectUris: ["https://app.example/bye"] }],
    ["PKCE asked for", { requirePkce: true }],
    ["another kind without a localhost URI", { kind: "native" }],
  ])("%s", (_name, change) => {
    expect(keep(change)).toMatchObject({
      ...everything,
      allowedScopes: expect.arrayContaining(["read", "restricted"]),
    });
  });

  test.each([
    ["any port in every kind", ["http://127.0.0.1:3000/callback", "http://[::1]/callback"], "native"],
    ["one port in both kinds", ["http://localhost:3000/callback"], "single_page"],
  ])("another kind with loopback URIs that accept %s", (_name, redirectUris, kind) => {
    expect(keep({ kind }, { redirectUris })).toMatchObject(everything);
  });

  test("a public client's only method, explicit or not, and an algorithm without a use", () => {
    const secret = { tokenEndpointAuthMethod: "client_secret_post" };
    expect(keep({ tokenEndpointAuthSigningAlg: null }, secret)).toMatchObject(everything);
    const publicClient = { clientType: "public", tokenEndpointAuthMethod: "none", jwks: null };
    expect(keep({ tokenEndpointAuthMethod: null }, publicClient)).toMatchObject(everything);
  });
});

test("nothing that wasn't there before appears", () => {
  const none = { skipConsent: false, redirectsBeforeSignIn: false, allowedScopes: ["read"] };
  expect(keep({}, none)).toMatchObject(none);
});
