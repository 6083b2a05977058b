import { describe, expect, test } from "vitest";
import { findContradictingOrigin, isOwnOrigin, ownOrigins } from "./own-origin";

describe("the origins of this server", () => {
  test("behind a host name there is one", () => {
    expect(ownOrigins("https://id.example.com")).toEqual(["https://id.example.com"]);
  });

  test("on loopback every loopback name is ours, on the same port", () => {
    expect(ownOrigins("http://127.0.0.1:8000")).toEqual([
      "http://127.0.0.1:8000",
      "http://localhost:8000",
      "http://[::1]:8000",
    ]);
  });
});

describe("a form's origin (ASVS 3.5.1)", () => {
  test.each([
    [{ origin: "http://127.0.0.1:8000", "sec-fetch-site": "same-origin" }, true],
    [{ origin: "http://localhost:8000" }, true],
    [{}, true],
    [{ origin: "null" }, false],
    [{ origin: "https://evil.example" }, false],
    [{ origin: "http://127.0.0.1:8001" }, false],
    [{ origin: "http://127.0.0.1:8000", "sec-fetch-site": "cross-site" }, false],
    [{ "sec-fetch-site": "same-site" }, false],
    [{ "sec-fetch-site": "none" }, false],
  ])("%j: %s", (headers, expected) => {
    expect(isOwnOrigin(new Headers(headers as Record<string, string>))).toBe(expected);
  });
});

describe("an origin that contradicts PUBLIC_URL", () => {
  test.each([
    [{ origin: "https://id.example.com" }, "https://id.example.com"],
    [{ origin: "https://id.example.com", "sec-fetch-site": "same-origin" }, "https://id.example.com"],
    [{ origin: "http://127.0.0.1:8001" }, "http://127.0.0.1:8001"],
    [{ origin: "https://id.example.com", "sec-fetch-site": "cross-site" }, null],
    [{ origin: "https://id.example.com/<b>" }, null],
    [{ origin: `https://${"a".repeat(300)}` }, null],
    [{ origin: "null" }, null],
    [{ origin: "http://localhost:8000" }, null],
    [{}, null],
  ])("%j: %s", (headers, expected) => {
    expect(findContradictingOrigin(new Headers(headers as Record<string, string>))).toBe(expected);
  });
});
