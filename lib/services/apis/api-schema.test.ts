import { describe, expect, test } from "vitest";
import { inEnglish } from "@/lib/messages/english-problems";
import { describeProblem } from "@/lib/messages/problem";
import { apiIdentifierSchema, apiSchema, findApiIdentifierProblem } from "./api-schema";

describe("the identifier of an API (RFC 8707 §2)", () => {
  test.each([
    "https://api.example.com",
    "https://api.example.com/v1/?tenant=7",
    "http://127.0.0.1:3000/",
    "api://orders",
    "urn:example:orders",
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
  ])("%s will do", (identifier) => {
    expect(findApiIdentifierProblem(identifier)).toBeNull();
  });

  test.each([
    ["nothing", "", "Enter an identifier."],
    ["no scheme", "api.example.com", "complete URI"],
    ["a path", "/orders", "complete URI"],
    ["a scheme without a host", "https:orders", "complete URI"],
    ["an empty host", "api:///orders", "complete URI"],
    ["another scheme without a host", "mailto:api@example.com", "complete URI"],
    ["a fragment", "https://api.example.com/#top", "fragment"],
    ["an empty fragment", "https://api.example.com/#", "fragment"],
    ["a space", "https://api.example.com/a b", "without spaces"],
    ["a control character", "https://api.example.com/\u0000", "without spaces"],
    ["characters that no URI has", "https://bücher.example", "ASCII"],
    ["a password", "https://me:secret@api.example.com", "password"],
    ["a urn without a name", "urn:example", "urn:namespace:name"],
    ["a urn with an empty name", "urn:example:", "urn:namespace:name"],
    ["too long a one", `https://api.example.com/${"x".repeat(500)}`, "at most 500"],
  ])("%s is refused: %s", (_what, identifier, reason) => {
    expect(describeProblem(findApiIdentifierProblem(identifier) ?? "", inEnglish)).toContain(reason);
    expect(apiIdentifierSchema.safeParse(identifier).success).toBe(false);
  });
});

describe("the fields of an API", () => {
  const api = {
    name: "Orders",
    scopes: ["read"],
    tokenFormat: "jwt" as const,
    accessTokenLifetime: null,
    resourceServers: [],
  };

  function fieldsAtFault(change: object): string[] {
    const result = apiSchema.safeParse({ ...api, ...change });
    return result.success ? [] : result.error.issues.map(({ path }) => String(path[0]));
  }

  test("the minimal fields are accepted", () => {
    expect(apiSchema.parse(api)).toEqual(api);
  });

  test.each([60, 300, 86_400])("a lifetime of %d seconds is good", (accessTokenLifetime) => {
    expect(fieldsAtFault({ accessTokenLifetime })).toEqual([]);
  });

  test.each([
    ["no name", { name: " " }, "name"],
    ["a control character in the name", { name: "a\u0007b" }, "name"],
    ["no scope", { scopes: [] }, "scopes"],
    ["a malformed scope", { scopes: ["two words"] }, "scopes"],
    ["an unknown format", { tokenFormat: "saml" }, "tokenFormat"],
    ["less than a minute", { accessTokenLifetime: 59 }, "accessTokenLifetime"],
    ["more than a day", { accessTokenLifetime: 86_401 }, "accessTokenLifetime"],
    ["parts of a second", { accessTokenLifetime: 60.5 }, "accessTokenLifetime"],
    ["no number", { accessTokenLifetime: Number.NaN }, "accessTokenLifetime"],
    ["101 resource servers", { resourceServers: Array.from({ length: 101 }, String) }, "resourceServers"],
  ])("%s is refused", (_what, change, field) => {
    expect(fieldsAtFault(change)).toEqual([field]);
  });

  test("duplicates count once", () => {
    const parsed = apiSchema.parse({ ...api, scopes: ["read", "read"], resourceServers: ["a", "a"] });
    expect(parsed).toMatchObject({ scopes: ["read"], resourceServers: ["a"] });
  });
});
