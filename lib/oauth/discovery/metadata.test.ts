import { describe, expect, test } from "vitest";
import { displayValues } from "../authorize/checks/display";
import { dpopAlgorithms } from "../client/dpop";
import { clientAuthMethods } from "../ports/client-choices";
import { grantTypes, responseModes } from "../ports/types";
import { scopes, settings } from "../testing/defaults";
import { clientSigningAlgorithms, signingAlgorithms } from "../wire/algorithms";
import { describeServer, type ServerFacts } from "./metadata";

const facts: ServerFacts = {
  issuer: "https://id.example/o",
  settings,
  scopes,
  offersRegistration: false,
  offersSignUp: false,
  uiLocales: ["en"],
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
      introspection_signing_alg_values_supported: signingAlgorithms,
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true,
      dpop_signing_alg_values_supported: dpopAlgorithms,
      prompt_values_supported: ["none", "login", "consent", "select_account"],
      ui_locales_supported: ["en"],
      protected_resources: ["https://id.example/resource"],
      userinfo_endpoint: "https://id.example/o/userinfo/",
      end_session_endpoint: "https://id.example/o/logout/",
      check_session_iframe: "https://id.example/o/check-session/",
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
      subject_types_supported: ["public", "pairwise"],
      id_token_signing_alg_values_supported: signingAlgorithms,
      userinfo_signing_alg_values_supported: signingAlgorithms,
      authorization_signing_alg_values_supported: signingAlgorithms,
      request_object_signing_alg_values_supported: clientSigningAlgorithms,
      acr_values_supported: ["1"],
      display_values_supported: displayValues,
      claim_types_supported: ["normal"],
      claims_supported: expect.arrayContaining(["sub", "auth_time", "acr", "name", "email", "address", "updated_at"]),
      claims_parameter_supported: true,
      request_parameter_supported: true,
      request_uri_parameter_supported: true,
      require_request_uri_registration: true,
      require_signed_request_object: false,
    });
  });

  test("OpenID Connect Discovery §3: REQUIRED members are present, RS256 among the algorithms, no claim twice", () => {
    const described = describeServer(facts);
    for (const name of ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "response_types_supported"]) {
      expect(described).toHaveProperty(name);
    }
    expect(described.subject_types_supported).toContain("public");
    expect(described.id_token_signing_alg_values_supported).toContain("RS256");
    const claims = described.claims_supported as string[];
    expect(new Set(claims).size).toBe(claims.length);
  });

  test("disabled request objects are listed as such, because silence would mean the opposite", () => {
    const described = describeServer({
      ...facts,
      settings: { ...settings, requestParameter: false, requestUriParameter: false },
    });
    expect(described).toMatchObject({ request_parameter_supported: false, request_uri_parameter_supported: false });
    expect(described).not.toHaveProperty("request_object_signing_alg_values_supported");
    const byValue = describeServer({ ...facts, settings: { ...settings, requestUriParameter: false } });
    expect(byValue.require_request_uri_registration).toBe(false);
    expect(byValue.request_object_signing_alg_values_supported).toEqual(clientSigningAlgorithms);
  });

  test("a registration endpoint if programs may register, and whether requests have to be pushed", () => {
    const described = describeServer({
      ...facts,
      offersRegistration: true,
      settings: { ...settings, requirePushedAuthorizationRequests: true },
    });
    expect(described).toMatchObject({
      registration_endpoint: "https://id.example/o/register/",
      require_pushed_authorization_requests: true,
    });
  });

  test("Initiating User Registration §4.1: prompt=create is listed only if users can sign up", () => {
    expect(describeServer(facts).prompt_values_supported).not.toContain("create");
    expect(describeServer({ ...facts, offersSignUp: true }).prompt_values_supported).toContain("create");
  });

  test("RFC 8414 §2: no list of algorithms contains none, and no list is empty", () => {
    for (const [name, value] of Object.entries(describeServer(facts))) {
      if (!Array.isArray(value)) continue;
      expect(value, name).not.toHaveLength(0);
      if (name.includes("signing_alg")) expect(value, name).not.toContain("none");
    }
  });

  test("RFC 8414 §3.2: an empty list is omitted", () => {
    const described = describeServer({ ...facts, scopes: [], protectedResources: [] });
    expect(described).not.toHaveProperty("scopes_supported");
    expect(described).not.toHaveProperty("protected_resources");
  });
});
