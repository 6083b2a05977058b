import { describe, expect, test } from "vitest";
import { findApplicationTypeProblem, toApplicationKind, toApplicationType } from "./application-type";
import { deviceCodeGrant } from "./types";

describe("OpenID Connect Dynamic Client Registration §2: redirect URIs of an application type", () => {
  test.each([
    ["web", ["https://app.example/cb", "http://localhost:3000/cb"]],
    ["web", []],
    ["native", ["com.example.app:/cb", "http://127.0.0.1/cb", "http://localhost:8080/", "http://[::1]:1?x"]],
    // RFC 8252 §7.2.
    ["native", ["https://app.example/claimed"]],
  ] as const)("%s: %j will do", (type, redirectUris) => {
    expect(findApplicationTypeProblem(type, redirectUris)).toBeNull();
  });

  test.each([
    ["web", ["https://app.example/cb", "com.example.app:/cb"]],
    ["native", ["http://app.example/cb"]],
    ["native", ["com.example.app:/cb", "http://127.0.0.1.evil.example/"]],
    ["native", ["http://localhost@evil.example/"]],
  ] as const)("%s: %j is refused", (type, redirectUris) => {
    expect(findApplicationTypeProblem(type, redirectUris)).toMatch(new RegExp(`^of a ${type} application `));
  });
});

describe("the kind of an application that says its type", () => {
  const code = ["authorization_code", "refresh_token"];
  test.each([
    ["web", code, "confidential", "web"],
    ["web", code, "public", "single_page"],
    ["web", ["client_credentials"], "confidential", "machine"],
    ["native", code, "public", "native"],
    ["native", [deviceCodeGrant], "public", "device"],
  ] as const)("%s with %j, %s: %s, and back", (type, grantTypes, clientType, kind) => {
    expect(toApplicationKind(type, { grantTypes, clientType })).toBe(kind);
    expect(toApplicationType(kind)).toBe(type);
  });

  test("nothing is made up where it hasn't", () => {
    expect(toApplicationKind(null, { grantTypes: code, clientType: "public" })).toBeNull();
    expect(toApplicationType(null)).toBeNull();
  });
});
