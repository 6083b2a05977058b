import { describe, expect, test } from "vitest";
import { knownPrompts } from "./checks/prompt";
import { clientSigningAlgorithms } from "./client-keys";
import { dpopAlgorithms } from "./dpop";
import { describeServer, type ServerFacts } from "./metadata";
import { scopes } from "./testing/builders";
import { clientAuthMethods, grantTypes, responseModes } from "./types";

const facts: ServerFacts = {
  issuer: "https://id.example/o",
  requirePushedAuthorizationRequests: false,
  scopes,
  offersRegistration: false,
  protectedResources: ["https://id.example/resource"],
};

describe("RFC 8414 §2: the server's metadata", () => {
  test("case 102: every member", () => {
    const secretsAndKeys = clientAuthMethods.filter((method) => method !== "none");
    expect(describeServer(facts)).toEqual({
      issuer: "https://id.example/o",
      authorization_endpoint: "https://id.example/o/authorize/",
      token_endpoint: "https://id.example/o/token/",
      revocation_endpoint: "https://id.example/o/revoke_token/",
      introspection_endpoint: "https://id.example/o/introspect/",
      pushed_authorization_request_endpoint: "https://id.example/o/par/",
      require_pushed_authorization_requests: false,
      device_authorization_endpoint: "https://id.example/o/device-authorization/",
      jwks_uri: "https://id.example/o/.well-known/jwks.json",
      scopes_supported: ["read", "write", "email"],
      response_types_supported: ["code"],
      response_modes_supported: responseModes,
      grant_types_supported: grantTypes,
      token_endpoint_auth_methods_supported: clientAuthMethods,
      token_endpoint_auth_signing_alg_values_supported: clientSigningAlgorithms,
      revocation_endpoint_auth_methods_supported: clientAuthMethods,
      revocation_endpoint_auth_signing_alg_values_supported: clientSigningAlgorithms,
      introspection_endpoint_auth_methods_supported: [...secretsAndKeys, "Bearer", "DPoP"],
      introspection_endpoint_auth_signing_alg_values_supported: clientSigningAlgorithms,
      introspection_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true,
      dpop_signing_alg_values_supported: dpopAlgorithms,
      prompt_values_supported: knownPrompts,
      ui_locales_supported: ["en"],
      protected_resources: ["https://id.example/resource"],
    });
  });

  test("a registration endpoint where programs may register, and whether requests have to be pushed", () => {
    const described = describeServer({ ...facts, offersRegistration: true, requirePushedAuthorizationRequests: true });
    expect(described).toMatchObject({
      registration_endpoint: "https://id.example/o/register/",
      require_pushed_authorization_requests: true,
    });
  });

  test("RFC 8414 §2: no algorithm of a list is none, and no list is empty", () => {
    for (const [name, value] of Object.entries(describeServer(facts))) {
      if (!Array.isArray(value)) continue;
      expect(value, name).not.toHaveLength(0);
      if (name.includes("signing_alg")) expect(value, name).not.toContain("none");
    }
  });

  test("RFC 8414 §3.2: a list that has nothing in it is left out", () => {
    const described = describeServer({ ...facts, scopes: [], protectedResources: [] });
    expect(described).not.toHaveProperty("scopes_supported");
    expect(described).not.toHaveProperty("protected_resources");
  });
});
