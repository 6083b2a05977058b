import { describe, expect, test } from "vitest";
import { deviceCodeGrant } from "../ports/types";
import {
  findApplicationTypeProblem,
  inferApplicationType,
  toApplicationKind,
  toApplicationType,
} from "./application-type";

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

describe("RFC 8252 §7: the type of an application that doesn't say", () => {
  test.each([
    [["http://localhost:3118/callback"]],
    [["http://127.0.0.1/cb", "http://[::1]/cb"]],
    [["com.example.app:/cb"]],
    [["cursor://anysphere.cursor-mcp/oauth/callback", "http://localhost/cb"]],
  ])("a public client with %j is native", (redirectUris) => {
    expect(inferApplicationType("public", redirectUris)).toBe("native");
    expect(inferApplicationType("confidential", redirectUris)).toBeNull();
  });

  test.each([
    [[]],
    [["https://app.example/cb"]],
    [["http://localhost/cb", "https://app.example/cb"]],
    [["https://localhost/cb"]],
    [["http://localhost.evil.example/cb"]],
    [["http://127.0.0.2/cb"]],
  ])("one with %j may be anything", (redirectUris) => {
    expect(inferApplicationType("public", redirectUris)).toBeNull();
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

  test("nothing is invented if it doesn't", () => {
    expect(toApplicationKind(null, { grantTypes: code, clientType: "public" })).toBeNull();
    expect(toApplicationType(null)).toBeNull();
  });
});
