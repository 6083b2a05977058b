import { describe, expect, test } from "vitest";
import type { Client } from "../ports/client";
import { securityProfiles } from "../ports/client-choices";
import { deviceCodeGrant } from "../ports/types";
import { buildClient, buildSecret } from "../testing/builders";
import {
  applySecurityProfile,
  enforceAlgorithm,
  enforceSecurityProfile,
  findSecurityProfileProblems,
  limitLifetime,
  type ProfiledSettings,
  rotatesRefreshTokens,
} from "./fapi";

const key = { kty: "EC", crv: "P-256", x: "x", y: "y" };

function build(values: Partial<Client> = {}): Client {
  return buildClient({ securityProfile: "fapi2_security", jwks: { keys: [key] }, ...values });
}

const problemsOf = (values: Partial<Client>) =>
  findSecurityProfileProblems(applySecurityProfile(build(values))).map(([field]) => field);

describe("what a profile sets", () => {
  test.each(securityProfiles)("%s: everything that there is no choice in", (securityProfile) => {
    const client = build({ securityProfile, userinfoSignedResponseAlg: "RS256" });
    const applied = applySecurityProfile(client);
    expect(applied).toEqual({
      ...client,
      requirePkce: true,
      requirePushedAuthorizationRequests: true,
      dpopBoundAccessTokens: true,
      tokenEndpointAuthMethod: "private_key_jwt",
      idTokenSignedResponseAlg: "PS256",
      userinfoSignedResponseAlg: "PS256",
      authorizationSignedResponseAlg: "PS256",
      introspectionSignedResponseAlg: "PS256",
      requireSignedRequestObject: securityProfile === "fapi2_message_signing",
    });
    expect(findSecurityProfileProblems(applied)).toEqual([]);
  });

  test("a chosen algorithm of the profile stays, and plain userinfo stays plain", () => {
    const chosen = { idTokenSignedResponseAlg: "ES256", authorizationSignedResponseAlg: "EdDSA" } as const;
    expect(applySecurityProfile(build(chosen))).toMatchObject({ ...chosen, userinfoSignedResponseAlg: null });
  });

  test("chosen signed requests stay with the profile that doesn't require them", () => {
    const applied = applySecurityProfile(build({ requireSignedRequestObject: true }));
    expect(applied.requireSignedRequestObject).toBe(true);
  });

  test("without a profile nothing is set and nothing refused", () => {
    const client = buildClient();
    expect(applySecurityProfile(client)).toBe(client);
    expect(findSecurityProfileProblems(client)).toEqual([]);
    expect(enforceSecurityProfile(client)).toBe(client);
    expect(limitLifetime(client, "authorizationCode", 600)).toBe(600);
    expect(rotatesRefreshTokens(client)).toBe(true);
  });
});

describe("what a profile refuses", () => {
  test.each<[string, Partial<Client>, (keyof ProfiledSettings)[]]>([
    ["§5.3.2.1 no. 3: a public client", { clientType: "public" }, ["clientType"]],
    ["§5.3.2.1 no. 6: a secret", { tokenEndpointAuthMethod: "client_secret_basic" }, ["tokenEndpointAuthMethod"]],
    [
      "§5.3.2.1 no. 6: a secret in the body",
      { tokenEndpointAuthMethod: "client_secret_post" },
      ["tokenEndpointAuthMethod"],
    ],
    ["no method", { tokenEndpointAuthMethod: "none" }, ["tokenEndpointAuthMethod"]],
    ["the device grant", { grantTypes: ["authorization_code", deviceCodeGrant] }, ["grantTypes"]],
    ["§5.3.2.2 no. 8: http", { redirectUris: ["https://app.example/", "http://app.example/"] }, ["redirectUris"]],
    ["http for a name of the machine", { redirectUris: ["http://localhost:8000/"] }, ["redirectUris"]],
    [
      "http for a name that begins like the machine",
      { redirectUris: ["http://127.0.0.1.evil.example/"] },
      ["redirectUris"],
    ],
    ["an app's own scheme", { redirectUris: ["com.example.app:/callback"] }, ["redirectUris"]],
    ["§5.4.1: keys for other algorithms alone", { jwks: { keys: [{ ...key, crv: "P-384" }] } }, ["jwks"]],
    ["§5.4.1: keys named for another algorithm", { jwks: { keys: [{ kty: "RSA", alg: "RS256" }] } }, ["jwks"]],
    ["keys for encryption", { jwks: { keys: [{ ...key, use: "enc" }] } }, ["jwks"]],
    ["§5.4.1: requests signed with RS256", { requestObjectSigningAlg: "RS256" }, ["requestObjectSigningAlg"]],
    ["§5.4.1: assertions signed with ES384", { tokenEndpointAuthSigningAlg: "ES384" }, ["tokenEndpointAuthSigningAlg"]],
  ])("%s", (_, values, fields) => {
    expect(problemsOf(values)).toEqual(fields);
  });

  test("anything weaker, even where nothing has been set", () => {
    const client = build({ securityProfile: "fapi2_message_signing", userinfoSignedResponseAlg: "RS256" });
    expect(findSecurityProfileProblems(client).map(([field]) => field)).toEqual([
      "tokenEndpointAuthMethod",
      "requirePkce",
      "requirePushedAuthorizationRequests",
      "dpopBoundAccessTokens",
      "requireSignedRequestObject",
      "idTokenSignedResponseAlg",
      "userinfoSignedResponseAlg",
      "authorizationSignedResponseAlg",
      "introspectionSignedResponseAlg",
    ]);
  });

  test.each<[string, Partial<Client>]>([
    [
      "every grant that the profile knows",
      { grantTypes: ["authorization_code", "refresh_token", "client_credentials"] },
    ],
    ["RFC 8252 §7.3: the loopback interface", { redirectUris: ["http://127.0.0.1/cb", "http://[::1]:8000/cb"] }],
    ["one fitting key among others", { jwks: { keys: [{ kty: "RSA", alg: "RS256" }, { kty: "RSA" }] } }],
    ["RFC 9864: the other name of EdDSA", { tokenEndpointAuthSigningAlg: "Ed25519", requestObjectSigningAlg: "EdDSA" }],
    ["keys at an address", { jwks: null, jwksUri: "https://app.example/jwks" }],
  ])("but not %s", (_, values) => {
    expect(problemsOf(values)).toEqual([]);
  });
});

describe("a client with its profile enforced", () => {
  test("has nothing weaker left, whatever its registration", () => {
    const held = enforceSecurityProfile(
      build({
        securityProfile: "fapi2_message_signing",
        tokenEndpointAuthMethod: "client_secret_post",
        secrets: [buildSecret().record],
        grantTypes: ["authorization_code", deviceCodeGrant],
        redirectUris: ["http://app.example/", "https://app.example/"],
      }),
    );
    expect(held.secrets).toEqual([]);
    expect(held.grantTypes).toEqual(["authorization_code"]);
    expect(held.redirectUris).toEqual(["https://app.example/"]);
    expect(findSecurityProfileProblems(held)).toEqual([]);
  });

  test("§5.3.2.1 no. 11, §5.3.2.2 no. 12: its codes and request_uris live no longer than allowed", () => {
    const client = build();
    expect(limitLifetime(client, "authorizationCode", 600)).toBe(60);
    expect(limitLifetime(client, "authorizationCode", 30)).toBe(30);
    expect(limitLifetime(client, "pushedAuthorizationRequest", 600)).toBe(599);
  });

  test("RS256 becomes PS256, and no other algorithm of the server changes", () => {
    expect(enforceAlgorithm("fapi2_security", "RS256")).toBe("PS256");
    expect(enforceAlgorithm(null, "RS256")).toBe("RS256");
    for (const algorithm of ["PS256", "ES256", "EdDSA"] as const) {
      expect(enforceAlgorithm("fapi2_security", algorithm)).toBe(algorithm);
    }
  });
});
