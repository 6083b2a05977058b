import { expect, test } from "vitest";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { applicationSchema } from "@/lib/services/applications/settings/application-schema";
import { toApplicationInput } from "./application-input";
import { newApplicationValues, readApplicationValues } from "./application-values";

const web = { ...newApplicationValues("web", { client_id: "", client_secret: "" }), name: "web-app" };

test("addresses are separated by lines and by spaces", () => {
  const redirect_uris = "https://a.example/cb\r\n  https://b.example/cb https://c.example/cb\n\n";
  expect(toApplicationInput({ ...web, redirect_uris }).redirectUris).toEqual([
    "https://a.example/cb",
    "https://b.example/cb",
    "https://c.example/cb",
  ]);
});

test("a public client has no method and no keys, whatever was chosen before", () => {
  const signing = { ...web, token_endpoint_auth_method: "private_key_jwt", jwks: "{}", jwks_uri: "https://a.example/" };
  expect(toApplicationInput(signing)).toMatchObject({
    tokenEndpointAuthMethod: "private_key_jwt",
    jwks: "{}",
    jwksUri: "https://a.example/",
  });
  const input = toApplicationInput({ ...signing, client_type: "public", require_signed_request_object: true });
  for (const field of ["tokenEndpointAuthMethod", "jwks", "jwksUri", "requireSignedRequestObject"])
    expect(input).not.toHaveProperty(field);
});

test("the keys of an application with a secret are kept: it may sign its requests", () => {
  const input = toApplicationInput({
    ...web,
    token_endpoint_auth_method: "client_secret_post",
    token_endpoint_auth_signing_alg: "ES256",
    jwks_uri: "https://a.example/",
  });
  expect(input).toMatchObject({ jwksUri: "https://a.example/", tokenEndpointAuthSigningAlg: null });
});

test("a security profile has one method, which the form doesn't ask for", () => {
  const input = toApplicationInput({
    ...web,
    security_profile: "fapi2_security",
    token_endpoint_auth_method: "client_secret_post",
  });
  expect(input).toMatchObject({ securityProfile: "fapi2_security", tokenEndpointAuthMethod: "private_key_jwt" });
});

test("the refresh token box has no effect without the authorization code or the device code", () => {
  const authorization_grant_type = ["refresh_token", "client_credentials"];
  expect(toApplicationInput({ ...web, authorization_grant_type }).grantTypes).toEqual(["client_credentials"]);
  const device = [deviceCodeGrant, "refresh_token"];
  expect(toApplicationInput({ ...web, authorization_grant_type: device }).grantTypes).toEqual(device);
});

test("what is hidden without the authorization code counts as empty, and so does what is about users if there are none", () => {
  const typed = {
    ...web,
    redirect_uris: "not an address",
    require_pushed_authorization_requests: true,
    frontchannel_logout_uri: "not an address",
    backchannel_logout_uri: "https://a.example/backchannel",
    subject_type: "pairwise",
  };
  const device = toApplicationInput({ ...typed, authorization_grant_type: [deviceCodeGrant] });
  expect(device).toMatchObject({
    redirectUris: [],
    backchannelLogoutUri: "https://a.example/backchannel",
    subjectType: "pairwise",
  });
  expect(device).not.toHaveProperty("requirePushedAuthorizationRequests");
  expect(device).not.toHaveProperty("frontchannelLogoutUri");
  const machine = toApplicationInput({ ...typed, authorization_grant_type: ["client_credentials"] });
  expect(machine).not.toHaveProperty("backchannelLogoutUri");
  expect(machine).not.toHaveProperty("subjectType");
});

test("a single-page app's scripts run at its redirect URIs by default", () => {
  const singlePage = {
    ...web,
    kind: "single_page",
    redirect_uris:
      "https://a.example/cb https://a.example/silent http://localhost:3000/cb com.example.app:/cb nonsense",
  };
  expect(toApplicationInput(singlePage).allowedOrigins).toEqual(["https://a.example", "http://localhost:3000"]);
  const elsewhere = { ...singlePage, allowed_origins: "https://b.example" };
  expect(toApplicationInput(elsewhere).allowedOrigins).toEqual(["https://b.example"]);
  expect(toApplicationInput({ ...singlePage, kind: "web" }).allowedOrigins).toEqual([]);
});

test("seconds are a whole number, or none, or something for the schema to reject", () => {
  const read = (default_max_age: string) => toApplicationInput({ ...web, default_max_age }).defaultMaxAge;
  expect([read(""), read(" 0 "), read("3600")]).toEqual([null, 0, 3600]);
  for (const text of ["an hour", "-1", "1.5", "1e3"]) expect(read(text), text).toBe(-1);
});

test("an omitted field has its default", () => {
  const sent: Record<string, string[]> = { name: ["script"], client_type: ["confidential"] };
  const values = readApplicationValues((name) => sent[name] ?? []);
  const input = toApplicationInput({ ...values, authorization_grant_type: ["client_credentials"] });
  expect(applicationSchema({ allowHttp: false }).parse(input)).toMatchObject({
    kind: null,
    securityProfile: null,
    idTokenSignedResponseAlg: "RS256",
    introspectionSignedResponseAlg: "RS256",
    subjectType: "public",
  });
});
