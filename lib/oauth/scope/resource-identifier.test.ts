import { describe, expect, test } from "vitest";
import { findOtherSpelling, isSameResource } from "./resource-identifier";

describe("RFC 3986 §6.2.3: a root URL with and without its slash is one resource", () => {
  test.each([
    ["https://api.example", "https://api.example/"],
    ["http://127.0.0.1:3000", "http://127.0.0.1:3000/"],
    ["https://[::1]:8443", "https://[::1]:8443/"],
  ])("%s and %s", (bare, slashed) => {
    expect([isSameResource(bare, slashed), isSameResource(slashed, bare)]).toEqual([true, true]);
    expect([findOtherSpelling(bare), findOtherSpelling(slashed)]).toEqual([slashed, bare]);
  });

  test.each([
    ["https://api.example/mcp", "https://api.example/mcp/"],
    ["https://api.example", "https://api.example//"],
    ["https://api.example", "https://API.example/"],
    ["https://api.example", "HTTPS://api.example/"],
    ["https://api.example", "https://api.example:443/"],
    ["https://api.example", "http://api.example/"],
    ["https://api.example", "https://api.example./"],
    ["https://api.example", "https://api.example/?"],
    ["https://api.example?a", "https://api.example/?a"],
    ["urn:example:api", "urn:example:api/"],
    ["com.example.app://api", "com.example.app://api/"],
  ])("nothing else is normalised: %s is not %s", (one, other) => {
    expect([isSameResource(one, other), isSameResource(other, one)]).toEqual([false, false]);
  });

  test.each(["https://api.example/mcp", "https://api.example/mcp/", "https://api.example?a", "urn:example:api", ""])(
    "%s has one spelling",
    (identifier) => {
      expect(findOtherSpelling(identifier)).toBeNull();
    },
  );
});
