import { describe, expect, test } from "vitest";
import {
  InvalidClientMetadataError,
  InvalidRedirectUriError,
  type RegisteredClient,
  readClientDescription,
  readClientMetadata,
  toMetadataError,
  writeClientMetadata,
} from "./client-metadata";
import { OAuthError } from "./errors";
import { deviceCodeGrant } from "./types";

const webApp = { redirect_uris: ["https://app.example/cb"], client_name: "Web app" };

function read(body: unknown): { error: string; description: string } | null {
  try {
    readClientMetadata(body);
    return null;
  } catch (error) {
    if (error instanceof OAuthError) return { error: error.error, description: error.description };
    throw error;
  }
}

describe("RFC 7591 §2: what a client asks to be registered as", () => {
  test("the defaults: codes, a secret sent by Basic, no name, no scope", () => {
    expect(readClientMetadata({ redirect_uris: ["https://app.example/cb"] })).toEqual({
      name: null,
      clientType: "confidential",
      grantTypes: ["authorization_code"],
      redirectUris: ["https://app.example/cb"],
      scopes: null,
      tokenEndpointAuthMethod: "client_secret_basic",
      jwks: null,
      jwksUri: null,
      requirePushedAuthorizationRequests: false,
      dpopBoundAccessTokens: false,
      description: {},
    });
  });

  test("everything that a client may say of itself", () => {
    const description = {
      client_uri: "https://app.example/",
      logo_uri: "https://app.example/logo.png",
      tos_uri: "https://app.example/terms?lang=en#top",
      policy_uri: "https://app.example/privacy",
      contacts: ["security@app.example"],
      software_id: "4NRB1-0XZABZI9E6-5SM3R",
      software_version: "1.0",
    };
    expect(
      readClientMetadata({
        ...webApp,
        ...description,
        token_endpoint_auth_method: "private_key_jwt",
        grant_types: ["authorization_code", "refresh_token", "refresh_token"],
        response_types: ["code"],
        scope: "read write read",
        jwks: { keys: [] },
        dpop_bound_access_tokens: true,
        require_pushed_authorization_requests: true,
      }),
    ).toEqual({
      name: "Web app",
      clientType: "confidential",
      grantTypes: ["authorization_code", "refresh_token"],
      redirectUris: webApp.redirect_uris,
      scopes: ["read", "write"],
      tokenEndpointAuthMethod: "private_key_jwt",
      jwks: { keys: [] },
      jwksUri: null,
      requirePushedAuthorizationRequests: true,
      dpopBoundAccessTokens: true,
      description,
    });
  });

  test("a client without a secret is public", () => {
    expect(readClientMetadata({ ...webApp, token_endpoint_auth_method: "none" }).clientType).toBe("public");
  });

  test("null and an empty scope are as good as nothing", () => {
    const body = { ...webApp, scope: " ", jwks: null, jwks_uri: "https://app.example/keys", logo_uri: null };
    expect(readClientMetadata(body)).toMatchObject({ scopes: null, jwks: null, description: {} });
  });

  test("unknown members are ignored, and with them whatever only people here decide (attack 21)", () => {
    const policy = { skip_consent: true, skipConsent: true, client_id: "mine", require_pkce: false, disabled: false };
    expect(readClientMetadata({ ...webApp, ...policy, "client_name#de": "Netz" })).toEqual(readClientMetadata(webApp));
  });

  test.each([
    ["a list", []],
    ["text", "redirect_uris"],
    ["nothing", null],
    ["a number for redirect URIs", { redirect_uris: 1 }],
    ["a name that is no text", { ...webApp, client_name: ["x"] }],
    ["a flag that is no flag", { ...webApp, dpop_bound_access_tokens: "true" }],
    ["a scope that is no text", { ...webApp, scope: ["read"] }],
    ["a malformed scope", { ...webApp, scope: 'read "write"' }],
    ["contacts that are no list", { ...webApp, contacts: "me" }],
    ["very many contacts", { ...webApp, contacts: Array.from({ length: 11 }, () => "a@b.example") }],
    ["a control character", { ...webApp, software_id: "a\u0000b" }],
    ["half a character", { ...webApp, software_version: "\ud800" }],
    ["keys and the address of keys", { ...webApp, jwks: { keys: [] }, jwks_uri: "https://app.example/keys" }],
  ])("%s is refused", (_name, body) => {
    expect(read(body)?.error).toMatch(/^invalid_(client_metadata|redirect_uri)$/);
  });

  test.each([
    ["javascript:alert(1)"],
    ["JaVaScRiPt:alert(1)"],
    ["data:text/html,<script>alert(1)</script>"],
    ["vbscript:x"],
    ["http://app.example/"],
    ["HTTPS://app.example/"],
    ["https://user:secret@app.example/"],
    ["https://app.example/\nx"],
    ["https:\\\\app.example"],
    ["https://"],
    ["/logo.png"],
    [`https://app.example/${"x".repeat(2000)}`],
  ])("%j is no address of a page or a picture (attack 15)", (address) => {
    for (const member of ["client_uri", "logo_uri", "tos_uri", "policy_uri"]) {
      expect(read({ ...webApp, [member]: address })).toMatchObject({
        error: "invalid_client_metadata",
        description: expect.stringMatching(`^${member} must `),
      });
    }
  });
});

describe("RFC 7591 §2.1: response types follow from grant types", () => {
  test.each([
    [["authorization_code"], ["code"]],
    [["authorization_code", "refresh_token"], ["code"]],
    [["client_credentials"], []],
    [[deviceCodeGrant], []],
  ])("%j goes with %j", (grant_types, response_types) => {
    expect(read({ ...webApp, grant_types, response_types })).toBeNull();
  });

  test.each([
    [["client_credentials"], ["code"]],
    [["authorization_code"], []],
    [["authorization_code"], ["token"]],
    [["authorization_code"], ["code", "code id_token"]],
  ])("%j doesn't go with %j", (grant_types, response_types) => {
    expect(read({ ...webApp, grant_types, response_types })).toMatchObject({ error: "invalid_client_metadata" });
  });
});

describe("RFC 7591 §3.2.2: errors", () => {
  test("of redirect URIs have a code of their own", () => {
    const error = toMetadataError({ redirectUris: ["javascript:x: The scheme javascript: is not allowed."] });
    expect(error).toBeInstanceOf(InvalidRedirectUriError);
    expect(error).toMatchObject({ status: 400, error: "invalid_redirect_uri" });
  });

  test("others name the member as the wire does, in the characters that the wire allows", () => {
    const error = toMetadataError({ grantTypes: ['Not "this" one…', "Und über\\haupt."], name: ["No."] });
    expect(error).toBeInstanceOf(InvalidClientMetadataError);
    expect(error.description).toBe("grant_types is not acceptable: Not ?this? one... Und ?ber?haupt.");
  });

  test("where no member is to blame there is still one", () => {
    expect(toMetadataError({}).error).toBe("invalid_client_metadata");
  });
});

describe("RFC 7591 §3.2.1: what is registered", () => {
  const client: RegisteredClient = {
    clientId: "abc",
    name: "Web app",
    clientType: "confidential",
    grantTypes: ["authorization_code", "refresh_token"],
    redirectUris: ["https://app.example/cb"],
    allowedScopes: ["read", "write"],
    tokenEndpointAuthMethod: "client_secret_post",
    jwks: null,
    jwksUri: null,
    requirePushedAuthorizationRequests: false,
    dpopBoundAccessTokens: true,
    description: { contacts: ["me@app.example"], policy_uri: "https://app.example/privacy" },
  };

  test("is told whole, and can be sent back as it is", () => {
    const told = writeClientMetadata(client);
    expect(told).toEqual({
      client_name: "Web app",
      redirect_uris: ["https://app.example/cb"],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_post",
      scope: "read write",
      dpop_bound_access_tokens: true,
      require_pushed_authorization_requests: false,
      contacts: ["me@app.example"],
      policy_uri: "https://app.example/privacy",
    });
    expect(readClientMetadata(told)).toMatchObject({
      name: client.name,
      scopes: client.allowedScopes,
      description: client.description,
    });
  });

  test("says what it comes to where somebody here has left it open", () => {
    const machine = { ...client, grantTypes: ["client_credentials"], allowedScopes: [], tokenEndpointAuthMethod: null };
    expect(writeClientMetadata(machine)).toMatchObject({
      response_types: [],
      token_endpoint_auth_method: "client_secret_basic",
    });
    expect(writeClientMetadata(machine)).not.toHaveProperty("scope");
    expect(writeClientMetadata({ ...machine, clientType: "public" }).token_endpoint_auth_method).toBe("none");
  });

  test("a column that holds something else describes nothing", () => {
    expect(readClientDescription({ logo_uri: "javascript:x" })).toEqual({});
    expect(readClientDescription(null)).toEqual({});
    expect(readClientDescription({ software_id: "x", color: "red" })).toEqual({ software_id: "x" });
  });
});
