import { describe, expect, test } from "vitest";
import { inEnglish } from "@/lib/messages/english-problems";
import { describeProblem } from "@/lib/messages/problem";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { ValidationError } from "../../errors";
import { applicationSchema, clientIdSchema, clientSecretSchema } from "./application-schema";
import { requireRedirectUri } from "./require-redirect-uri";

const openidDefaults = {
  kind: null,
  securityProfile: null,
  idTokenSignedResponseAlg: "RS256",
  userinfoSignedResponseAlg: null,
  authorizationSignedResponseAlg: "RS256",
  introspectionSignedResponseAlg: "RS256",
  requestObjectSigningAlg: null,
  tokenEndpointAuthSigningAlg: null,
  requireSignedRequestObject: false,
  requestUris: [],
  subjectType: "public",
  sectorIdentifierUri: null,
  defaultMaxAge: null,
  requireAuthTime: false,
  claimsInIdToken: false,
  groupsInTokens: false,
  defaultAcrValues: [],
  initiateLoginUri: null,
  launchUrl: null,
  postLogoutRedirectUris: [],
  backchannelLogoutUri: null,
  backchannelLogoutSessionRequired: false,
  frontchannelLogoutUri: null,
  frontchannelLogoutSessionRequired: false,
};

const schema = applicationSchema({ allowHttp: false });
const webApp = {
  name: "web-app",
  clientType: "confidential" as const,
  grantTypes: ["authorization_code" as const, "refresh_token" as const],
  redirectUris: ["http://127.0.0.1:8000/noexist/callback"],
  allowedScopes: [],
  requirePkce: false,
  skipConsent: false,
};

function fieldsAtFault(change: object): string[] {
  const result = schema.safeParse({ ...webApp, ...change });
  return result.success ? [] : result.error.issues.map(({ path }) => String(path[0]));
}

describe("the fields of an application", () => {
  test("those of the walkthrough are accepted", () => {
    expect(schema.parse(webApp)).toEqual({
      ...webApp,
      tokenEndpointAuthMethod: null,
      jwks: null,
      jwksUri: null,
      allowedOrigins: [],
      requirePushedAuthorizationRequests: false,
      dpopBoundAccessTokens: false,
      defaultApi: null,
      ...openidDefaults,
    });
  });

  test("a device needs no redirect URI, and may stay connected", () => {
    const grantTypes = [deviceCodeGrant, "refresh_token"];
    expect(schema.safeParse({ ...webApp, grantTypes, redirectUris: [] }).success).toBe(true);
  });

  test.each([
    ["no name", { name: "  " }, "name"],
    ["a control character in the name", { name: "a\u0007b" }, "name"],
    ["a name that is too long", { name: "x".repeat(101) }, "name"],
    ["no grant type", { grantTypes: [] }, "grantTypes"],
    ["a grant type that isn't offered", { grantTypes: ["password"] }, "grantTypes"],
    ["refresh tokens without codes", { grantTypes: ["client_credentials", "refresh_token"] }, "grantTypes"],
    [
      "a public client with client credentials",
      { clientType: "public", grantTypes: ["client_credentials"] },
      "grantTypes",
    ],
    ["an unknown client type", { clientType: "secret" }, "clientType"],
    ["a redirect URI with a fragment", { redirectUris: ["https://a.example/#x"] }, "redirectUris"],
    ["plain http to another host", { redirectUris: ["http://a.example/"] }, "redirectUris"],
    ["a malformed scope", { allowedScopes: ['read"'] }, "allowedScopes"],
  ])("%s is refused", (_name, change, field) => {
    expect(fieldsAtFault(change)).toContain(field);
  });

  test("a redirect URI may be added later, except to what nobody completes", () => {
    expect(fieldsAtFault({ redirectUris: [] })).toEqual([]);
    expect(() => requireRedirectUri({ ...webApp, redirectUris: [] })).toThrow(ValidationError);
    expect(() => requireRedirectUri(webApp)).not.toThrow();
    expect(() => requireRedirectUri({ grantTypes: ["client_credentials"], redirectUris: [] })).not.toThrow();
  });

  test("the development switch allows plain http", () => {
    const open = applicationSchema({ allowHttp: true });
    expect(open.safeParse({ ...webApp, redirectUris: ["http://a.example/cb"] }).success).toBe(true);
  });

  test("all problems are reported together, those of each field and those between fields", () => {
    expect(fieldsAtFault({ name: "", clientType: "public", grantTypes: ["client_credentials"], jwks })).toEqual([
      "name",
      "jwks",
      "grantTypes",
    ]);
  });

  test("hundreds of redirect URIs are possible, and no more", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `https://t${index}.example/cb`);
    expect(fieldsAtFault({ redirectUris: many(500) })).toEqual([]);
    expect(fieldsAtFault({ redirectUris: many(501) })).toEqual(["redirectUris"]);
    expect(fieldsAtFault({ allowedOrigins: many(51) })).toEqual(["allowedOrigins"]);
  });

  test("duplicates count once", () => {
    const uri = "https://a.example/cb";
    expect(schema.parse({ ...webApp, redirectUris: [uri, uri] }).redirectUris).toEqual([uri]);
  });
});

const jwks = { keys: [{ kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", kid: "a" }] };
const signed = { tokenEndpointAuthMethod: "private_key_jwt", jwks };
const publicClient = { clientType: "public" };

describe("client authentication (RFC 7591 §2)", () => {
  test.each([
    ["a secret in the Basic header", { tokenEndpointAuthMethod: "client_secret_basic" }],
    ["a secret in the body", { tokenEndpointAuthMethod: "client_secret_post" }],
    ["no method, that is either of them", { tokenEndpointAuthMethod: null }],
    ["assertions with keys", signed],
    ["assertions with the keys' address", { ...signed, jwks: null, jwksUri: "https://a.example/jwks.json" }],
    ["a public client without a method", publicClient],
    ["a public client with none", { ...publicClient, tokenEndpointAuthMethod: "none" }],
    ["keys that are not used for it", { tokenEndpointAuthMethod: "client_secret_basic", jwks }],
  ])("%s will do", (_name, change) => {
    expect(fieldsAtFault(change)).toEqual([]);
  });

  test.each([
    ["a method that isn't offered", { tokenEndpointAuthMethod: "client_secret_jwt" }, "tokenEndpointAuthMethod"],
    ["none for a confidential client", { tokenEndpointAuthMethod: "none" }, "tokenEndpointAuthMethod"],
    [
      "a secret of a public client",
      { ...publicClient, tokenEndpointAuthMethod: "client_secret_post" },
      "tokenEndpointAuthMethod",
    ],
    ["assertions of a public client", { ...publicClient, ...signed }, "tokenEndpointAuthMethod"],
    ["keys of a public client", { ...publicClient, jwks }, "jwks"],
    ["keys' address of a public client", { ...publicClient, jwksUri: "https://a.example/" }, "jwksUri"],
    ["assertions without keys", { tokenEndpointAuthMethod: "private_key_jwt" }, "jwks"],
    ["keys and their address", { ...signed, jwksUri: "https://a.example/" }, "jwksUri"],
    ["keys over plain http", { ...signed, jwks: null, jwksUri: "http://a.example/" }, "jwksUri"],
    ["credentials in the keys' address", { ...signed, jwks: null, jwksUri: "https://u:p@a.example/" }, "jwksUri"],
    ["a fragment in the keys' address", { ...signed, jwks: null, jwksUri: "https://a.example/#k" }, "jwksUri"],
  ])("%s is refused", (_name, change, field) => {
    expect(fieldsAtFault(change)).toContain(field);
  });
});

describe("security profiles", () => {
  const profiled = { ...signed, tokenEndpointAuthMethod: null, securityProfile: "fapi2_message_signing" };

  test("choosing one sets everything that it requires", () => {
    expect(schema.parse({ ...webApp, ...profiled })).toMatchObject({
      tokenEndpointAuthMethod: "private_key_jwt",
      requirePkce: true,
      requirePushedAuthorizationRequests: true,
      dpopBoundAccessTokens: true,
      requireSignedRequestObject: true,
      idTokenSignedResponseAlg: "PS256",
    });
  });

  test.each([
    [{ tokenEndpointAuthMethod: "client_secret_basic" }, "tokenEndpointAuthMethod"],
    [{ jwks: null }, "jwks"],
    [{ redirectUris: ["http://localhost/callback"] }, "redirectUris"],
    [{ grantTypes: ["authorization_code", deviceCodeGrant] }, "grantTypes"],
  ])("%j goes with none", (change, field) => {
    expect(fieldsAtFault({ ...profiled, ...change })).toContain(field);
  });
});

describe("origins whose scripts may read answers", () => {
  test.each(["https://app.example", "https://app.example:8443", "http://localhost:3000", "http://[::1]:3000"])(
    "%s is accepted",
    (origin) => {
      expect(schema.parse({ ...webApp, allowedOrigins: [origin, origin] }).allowedOrigins).toEqual([origin]);
    },
  );

  test.each([
    ["https://app.example/", "Leave out the slash at the end: https://app.example"],
    ["https://app.example/path", "scheme, host and port, and nothing else: https://app.example"],
    ["https://App.example", "https://app.example"],
    ["https://app.example:443", "https://app.example"],
    ["https://user@app.example", "https://app.example"],
    ["http://app.example", "use https"],
    ["https://*.example", "Wildcards"],
    ["*", "complete origin"],
    ["null", "complete origin"],
    ["com.example.app://x", "begins with https"],
    ["app.example", "complete origin"],
  ])("%s is refused", (origin, reason) => {
    const result = schema.safeParse({ ...webApp, allowedOrigins: [origin] });
    const said = result.error?.issues.map(({ message }) => describeProblem(message, inEnglish));
    expect(said).toEqual([expect.stringContaining(reason)]);
  });
});

describe("imported client ID and secret", () => {
  test.each(["a", "vW1RcAl7Mb0d5gyHNQIAcH110lWoOW2BmWJIero8", "my-app.example"])("the id %s will do", (id) => {
    expect(clientIdSchema.safeParse(id).success).toBe(true);
  });

  test.each(["", "with space", "with:colon", "über", "x".repeat(256), "a\u0000b"])("the id %j won't", (id) => {
    expect(clientIdSchema.safeParse(id).success).toBe(false);
  });

  test.each(["0198c1b2-77aa-7c3e-9f00-1234567890ab", "0198C1B2-77AA-7C3E-9F00-1234567890AB"])(
    "the ID %s could be mistaken for a user's (RFC 9700 §4.15)",
    (id) => {
      expect(clientIdSchema.safeParse(id).success).toBe(false);
    },
  );

  test("a secret needs 32 characters", () => {
    expect(clientSecretSchema.safeParse("x".repeat(31)).success).toBe(false);
    expect(clientSecretSchema.safeParse("x".repeat(32)).success).toBe(true);
  });
});
