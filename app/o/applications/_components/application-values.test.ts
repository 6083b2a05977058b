import { expect, test } from "vitest";
import { readApplicationValues, toApplicationInput, toFormErrors } from "./application-values";

const sent: Record<string, string[]> = {
  name: ["web-app"],
  client_type: ["confidential"],
  authorization_grant_type: ["authorization_code", "refresh_token"],
  redirect_uris: ["https://a.example/cb\r\n  https://b.example/cb https://c.example/cb\n\n"],
  require_pkce: ["on"],
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
  });
});

test("the refresh token box means nothing without the authorization code", () => {
  const authorization_grant_type = ["refresh_token", "client_credentials"];
  expect(toApplicationInput({ ...values, authorization_grant_type }).grantTypes).toEqual(["client_credentials"]);
});

test("errors come in the order of the form, under its names", () => {
  expect(toFormErrors({ redirectUris: ["a", "b"], clientId: ["c"], elsewhere: ["d"] })).toEqual([
    ["client_id", ["c"]],
    ["redirect_uris", ["a", "b"]],
  ]);
});
