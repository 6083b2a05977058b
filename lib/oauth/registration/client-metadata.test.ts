import { describe, expect, test } from "vitest";
import { deviceCodeGrant } from "../ports/types";
import { OAuthError } from "../wire/errors";
import { readClientDescription } from "./client-description";
import { type RegisteredClient, readClientMetadata, writeClientMetadata } from "./client-metadata";
import { InvalidClientMetadataError, InvalidRedirectUriError, toMetadataError } from "./client-metadata-errors";

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

describe("RFC 7591 §2: a client's metadata", () => {
  test("the defaults: codes, a secret sent by Basic, no name, no scope", () => {
    expect(readClientMetadata({ redirect_uris: ["https://app.example/cb"] })).toEqual({
      name: null,
      clientType: "confidential",
      kind: null,
      grantTypes: ["authorization_code"],
      redirectUris: ["https://app.example/cb"],
      scopes: null,
      tokenEndpointAuthMethod: "client_secret_basic",
      description: {},
    });
  });

  test("everything that a client may set", () => {
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
      kind: null,
      grantTypes: ["authorization_code", "refresh_token"],
      redirectUris: webApp.redirect_uris,
      scopes: ["read", "write"],
      tokenEndpointAuthMethod: "private_key_jwt",
      jwks: { keys: [] },
      requirePushedAuthorizationRequests: true,
      dpopBoundAccessTokens: true,
      description,
    });
  });

  test("§2.2: names and addresses in other languages, which come back in the response", () => {
    const variants = { "client_name#de": "Netz", "logo_uri#pt-BR": "https://app.example/pt.png" };
    const { description } = readClientMetadata({ ...webApp, ...variants, "tos_uri#de": null });
    expect(description).toEqual(variants);
    expect(readClientDescription(description)).toEqual(variants);
    expect(read({ ...webApp, "policy_uri#de": "javascript:alert(1)" })).toEqual({
      error: "invalid_client_metadata",
      description: "policy_uri#de must be an https address.",
    });
    expect(read({ ...webApp, "client_name#de": "x".repeat(101) })?.error).toBe("invalid_client_metadata");
  });

  test("a client without a secret is public", () => {
    expect(readClientMetadata({ ...webApp, token_endpoint_auth_method: "none" }).clientType).toBe("public");
  });

  test("null and an empty scope count as nothing", () => {
    const body = { ...webApp, scope: " ", jwks: null, jwks_uri: "https://app.example/keys", logo_uri: null };
    expect(readClientMetadata(body)).toMatchObject({ scopes: null, description: {} });
    expect(readClientMetadata(body)).not.toHaveProperty("jwks");
  });

  test("unknown members are ignored, and so is what only owners and administrators decide (attack 21)", () => {
    const policy = { skip_consent: true, skipConsent: true, client_id: "mine", require_pkce: false, disabled: false };
    expect(readClientMetadata({ ...webApp, ...policy, "software_id#de": "x" })).toEqual(readClientMetadata(webApp));
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

/** One of each member of OpenID Connect, by its name on the wire. */
const openidMembers = {
  subject_type: "pairwise",
  sector_identifier_uri: "https://app.example/sector.json",
  id_token_signed_response_alg: "ES256",
  userinfo_signed_response_alg: "PS256",
  request_object_signing_alg: "RS256",
  token_endpoint_auth_signing_alg: "EdDSA",
  request_uris: ["https://app.example/request.jwt#v1"],
  default_max_age: 3600,
  require_auth_time: true,
  default_acr_values: ["1"],
  initiate_login_uri: "https://app.example/start",
  authorization_signed_response_alg: "EdDSA",
  introspection_signed_response_alg: "ES256",
  require_signed_request_object: true,
  post_logout_redirect_uris: ["https://app.example/bye"],
  backchannel_logout_uri: "https://app.example/back",
  backchannel_logout_session_required: true,
  frontchannel_logout_uri: "https://app.example/front",
  frontchannel_logout_session_required: true,
};

describe("OpenID Connect Dynamic Client Registration §2", () => {
  test("OpenID members, under our names; nothing without them", () => {
    expect(readClientMetadata({ ...webApp, ...openidMembers })).toMatchObject({
      subjectType: "pairwise",
      sectorIdentifierUri: "https://app.example/sector.json",
      idTokenSignedResponseAlg: "ES256",
      userinfoSignedResponseAlg: "PS256",
      requestObjectSigningAlg: "RS256",
      tokenEndpointAuthSigningAlg: "EdDSA",
      requestUris: ["https://app.example/request.jwt#v1"],
      defaultMaxAge: 3600,
      requireAuthTime: true,
      defaultAcrValues: ["1"],
      initiateLoginUri: "https://app.example/start",
      authorizationSignedResponseAlg: "EdDSA",
      introspectionSignedResponseAlg: "ES256",
      requireSignedRequestObject: true,
      postLogoutRedirectUris: ["https://app.example/bye"],
      backchannelLogoutUri: "https://app.example/back",
      backchannelLogoutSessionRequired: true,
      frontchannelLogoutUri: "https://app.example/front",
      frontchannelLogoutSessionRequired: true,
    });
    expect(readClientMetadata({ ...webApp, default_max_age: null })).not.toHaveProperty("defaultMaxAge");
  });

  test.each([
    ["subject_type", 1],
    ["sector_identifier_uri", ""],
    ["id_token_signed_response_alg", ["RS256"]],
    ["request_uris", "https://app.example/request.jwt"],
    ["request_uris", [1]],
    ["default_max_age", "3600"],
    ["require_auth_time", "true"],
    ["default_acr_values", "1"],
    ["post_logout_redirect_uris", "https://app.example/bye"],
    ["backchannel_logout_session_required", 1],
  ])("%s of %j is of the wrong type", (member, value) => {
    expect(read({ ...webApp, [member]: value })).toMatchObject({
      error: "invalid_client_metadata",
      description: expect.stringMatching(`^${member} must `),
    });
  });

  test.each([
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "userinfo_encrypted_response_alg",
    "userinfo_encrypted_response_enc",
    "request_object_encryption_alg",
    "request_object_encryption_enc",
    "authorization_encrypted_response_alg",
    "authorization_encrypted_response_enc",
    "introspection_encrypted_response_alg",
    "introspection_encrypted_response_enc",
  ])("%s is refused: a client that expects encryption wouldn't get it", (member) => {
    expect(read({ ...webApp, [member]: "RSA-OAEP" })).toMatchObject({
      error: "invalid_client_metadata",
      description: expect.stringContaining(member),
    });
    expect(read({ ...webApp, [member]: null })).toBeNull();
  });

  test("application_type is web or native, and decides the kind of application", () => {
    expect(readClientMetadata({ ...webApp, application_type: "web" }).kind).toBe("web");
    const native = { redirect_uris: ["com.example.app:/cb"], application_type: "native" };
    expect(readClientMetadata(native).kind).toBe("native");
    expect(read({ ...native, application_type: "web" })).toMatchObject({ error: "invalid_redirect_uri" });
    expect(read({ ...webApp, application_type: "toaster" })).toEqual({
      error: "invalid_client_metadata",
      description: "application_type must be web or native.",
    });
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
  test("of redirect URIs have their own code", () => {
    const error = toMetadataError({ redirectUris: ["javascript:x: The scheme javascript: is not allowed."] });
    expect(error).toBeInstanceOf(InvalidRedirectUriError);
    expect(error).toMatchObject({ status: 400, error: "invalid_redirect_uri" });
  });

  test("others name the member by its wire name, in the characters that the wire allows", () => {
    const error = toMetadataError({ grantTypes: ['Not "this" one…', "Und über\\haupt."], name: ["No."] });
    expect(error).toBeInstanceOf(InvalidClientMetadataError);
    expect(error.description).toBe("grant_types is not acceptable: Not ?this? one... Und ?ber?haupt.");
  });

  test("without a member to name there is still an error", () => {
    expect(toMetadataError({}).error).toBe("invalid_client_metadata");
  });
});

describe("RFC 7591 §3.2.1: the registration in responses", () => {
  const client: RegisteredClient = {
    name: "Web app",
    clientType: "confidential",
    kind: null,
    grantTypes: ["authorization_code", "refresh_token"],
    redirectUris: ["https://app.example/cb"],
    allowedScopes: ["read", "write"],
    tokenEndpointAuthMethod: "client_secret_post",
    jwks: null,
    jwksUri: null,
    requirePushedAuthorizationRequests: false,
    dpopBoundAccessTokens: true,
    subjectType: "public",
    sectorIdentifierUri: null,
    idTokenSignedResponseAlg: "RS256",
    userinfoSignedResponseAlg: null,
    requestObjectSigningAlg: null,
    tokenEndpointAuthSigningAlg: null,
    requestUris: [],
    defaultMaxAge: null,
    requireAuthTime: false,
    defaultAcrValues: [],
    initiateLoginUri: null,
    authorizationSignedResponseAlg: "RS256",
    introspectionSignedResponseAlg: "RS256",
    requireSignedRequestObject: false,
    postLogoutRedirectUris: [],
    backchannelLogoutUri: null,
    backchannelLogoutSessionRequired: false,
    frontchannelLogoutUri: null,
    frontchannelLogoutSessionRequired: false,
    description: { contacts: ["me@app.example"], policy_uri: "https://app.example/privacy" },
  };

  test("is complete, and can be sent back unchanged", () => {
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
      subject_type: "public",
      id_token_signed_response_alg: "RS256",
      require_auth_time: false,
      authorization_signed_response_alg: "RS256",
      introspection_signed_response_alg: "RS256",
      require_signed_request_object: false,
      backchannel_logout_session_required: false,
      frontchannel_logout_session_required: false,
      contacts: ["me@app.example"],
      policy_uri: "https://app.example/privacy",
    });
    expect(readClientMetadata(told)).toMatchObject({
      name: client.name,
      scopes: client.allowedScopes,
      description: client.description,
    });
  });

  test("with all of OpenID, too", () => {
    const { jwks, jwksUri, ...asked } = readClientMetadata({ ...webApp, ...openidMembers, application_type: "web" });
    expect(writeClientMetadata({ ...client, ...asked, name: "Web app" })).toMatchObject({
      ...openidMembers,
      application_type: "web",
    });
  });

  test("contains the effective values of settings that were left open here", () => {
    const machine = { ...client, grantTypes: ["client_credentials"], allowedScopes: [], tokenEndpointAuthMethod: null };
    expect(writeClientMetadata(machine)).toMatchObject({
      response_types: [],
      token_endpoint_auth_method: "client_secret_basic",
    });
    expect(writeClientMetadata(machine)).not.toHaveProperty("scope");
    expect(writeClientMetadata({ ...machine, clientType: "public" }).token_endpoint_auth_method).toBe("none");
  });

  test("a column with anything else describes nothing", () => {
    expect(readClientDescription({ logo_uri: "javascript:x" })).toEqual({});
    expect(readClientDescription(null)).toEqual({});
    expect(readClientDescription({ software_id: "x", color: "red" })).toEqual({ software_id: "x" });
  });
});
