import { expect, test } from "vitest";
import { deviceCodeGrant } from "@/lib/oauth/types";
import { readApplicationValues, toApplicationInput, toFormErrors } from "./application-values";

const sent: Record<string, string[]> = {
  name: ["web-app"],
  client_type: ["confidential"],
  authorization_grant_type: ["authorization_code", "refresh_token"],
  redirect_uris: ["https://a.example/cb\r\n  https://b.example/cb https://c.example/cb\n\n"],
  require_pkce: ["on"],
  token_endpoint_auth_method: [""],
  jwks: ["left from another choice"],
  allowed_origins: ["https://a.example\r\nhttps://b.example"],
};

const values = readApplicationValues((name) => sent[name] ?? []);

test("redirect URIs are parted by lines and by spaces", () => {
  expect(toApplicationInput(values)).toEqual({
    name: "web-app",
    clientType: "confidential",
    grantTypes: ["authorization_code", "refresh_token"],
    redirectUris: ["https://a.example/cb", "https://b.example/cb", "https://c.example/cb"],
    allowedScopes: [],
    requirePkce: true,
    skipConsent: false,
    tokenEndpointAuthMethod: null,
    jwks: null,
    jwksUri: null,
    allowedOrigins: ["https://a.example", "https://b.example"],
    requirePushedAuthorizationRequests: false,
    dpopBoundAccessTokens: false,
  });
});

test("keys count only where it authenticates with them, and a method only where it has a choice", () => {
  const signing = {
    ...values,
    token_endpoint_auth_method: "private_key_jwt",
    jwks: "{}",
    jwks_uri: "https://a.example/",
  };
  expect(toApplicationInput(signing)).toMatchObject({
    tokenEndpointAuthMethod: "private_key_jwt",
    jwks: "{}",
    jwksUri: "https://a.example/",
  });
  const withSecret = { ...signing, token_endpoint_auth_method: "client_secret_post" };
  expect(toApplicationInput(withSecret)).toMatchObject({ jwks: null, jwksUri: null });
  const isPublic = { ...signing, client_type: "public" };
  expect(toApplicationInput(isPublic)).toMatchObject({ tokenEndpointAuthMethod: null, jwks: null, jwksUri: null });
});

test("the refresh token box means nothing without the authorization code or the device code", () => {
  const authorization_grant_type = ["refresh_token", "client_credentials"];
  expect(toApplicationInput({ ...values, authorization_grant_type }).grantTypes).toEqual(["client_credentials"]);
  const device = [deviceCodeGrant, "refresh_token"];
  expect(toApplicationInput({ ...values, authorization_grant_type: device }).grantTypes).toEqual(device);
});

test("errors come in the order of the form, under its names", () => {
  expect(toFormErrors({ redirectUris: ["a", "b"], clientId: ["c"], elsewhere: ["d"] })).toEqual([
    ["client_id", ["c"]],
    ["redirect_uris", ["a", "b"]],
  ]);
});
