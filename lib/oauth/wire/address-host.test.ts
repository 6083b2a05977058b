import { describe, expect, test } from "vitest";
import { findHostProblem, hasValidHost, isWebOrigin, toWebOrigin } from "./address-host";

function problemOf(address: string): string | null {
  return findHostProblem(new URL(address))?.code ?? null;
}

describe("the host of an address", () => {
  test.each([
    "https://app.example.com/cb",
    "https://app.example.com:8443/cb;x='1'",
    "https://APP.example.com/",
    "https://xn--bcher-kva.example/",
    "https://bücher.example/",
    "https://a-b.c--d.example/",
    "http://localhost:3000/",
    "http://127.0.0.1/",
    "https://[2001:db8::1]:8443/",
    "com.example.app:/cb",
    "com.example.app://oauth2redirect/done",
    "com.example.app://OAuth_Callback",
  ])("%s will do", (address) => {
    expect(problemOf(address)).toBeNull();
  });

  test.each([
    ["the end of a directive", "https://a.example;sandbox/cb"],
    ["the same in percent-encoding", "https://a.example%3Bsandbox/cb"],
    ["an apostrophe", "https://a'b.example/"],
    ["a comma", "https://a.example,b.example/"],
    ["a wildcard", "https://*.example/"],
    ["a dollar and an ampersand", "https://$&.example/"],
    ["parentheses", "https://a(b).example/"],
    ["other signs", "https://a!b~c+d=e.example/"],
    ["an underscore, which no policy takes (CSP3 §2.3.1)", "https://my_app.example/"],
    ["an empty label", "https://a..example/"],
    ["a dot at the end: a second spelling of one host", "https://a.example./"],
    ["a label of 64 characters", `https://${"a".repeat(64)}.example/`],
    ["254 characters", `https://${"a.".repeat(126)}aa/`],
    ["the end of a directive in an app's own scheme", "com.example.app://a;sandbox/cb"],
    ["an apostrophe in an app's own scheme", "com.example.app://a'b"],
    ["percent-encoding in an app's own scheme", "com.example.app://a%3Bb"],
  ])("%s won't: %s", (_name, address) => {
    expect(problemOf(address)).not.toBeNull();
    expect(hasValidHost(address)).toBe(false);
    expect(toWebOrigin(address)).toBeNull();
  });
});

test("only a web address has an origin that a header may carry", () => {
  expect(toWebOrigin("https://app.example:8443/cb?x=1")).toBe("https://app.example:8443");
  for (const address of ["com.example.app:/cb", "com.example.app://host/cb", "data:text/html,x", "app.example", ""]) {
    expect(toWebOrigin(address), address).toBeNull();
  }
});

test("an origin is valid only in the spelling that browsers send", () => {
  expect(isWebOrigin("https://app.example")).toBe(true);
  for (const text of ["https://app.example/", "https://App.example", "https://app.example:443", "null", "*"]) {
    expect(isWebOrigin(text), text).toBe(false);
  }
});
