import { describe, expect, test } from "vitest";
import { scopeNameSchema, scopeSchema } from "./scope-schema";

describe("the name of a scope (RFC 6749 §3.3)", () => {
  test.each(["read", "photos:read", "https://api.example/scope", "..", "a/b?c%d", "!#[]~", "x".repeat(100)])(
    "%s is accepted",
    (name) => {
      expect(scopeNameSchema.parse(name)).toBe(name);
    },
  );

  test.each(["", "   ", "two words", 'quo"te', "back\\slash", "über", "a\u0000b", "a\u007fb", "x".repeat(101)])(
    "%j is rejected",
    (name) => {
      expect(scopeNameSchema.safeParse(name).success).toBe(false);
    },
  );

  test("surrounding space is removed", () => {
    expect(scopeNameSchema.parse(" read\n")).toBe("read");
  });
});

describe("the description of a scope", () => {
  const scope = { description: "See your photos", isDefault: false, isRestricted: true };

  test("a plain sentence is accepted, and surrounding space is removed", () => {
    expect(scopeSchema.parse({ ...scope, description: "  See your photos " })).toEqual(scope);
  });

  test.each(["", "  ", "a\u0007b", "x".repeat(201)])("%j is refused", (description) => {
    expect(scopeSchema.safeParse({ ...scope, description }).success).toBe(false);
  });
});
