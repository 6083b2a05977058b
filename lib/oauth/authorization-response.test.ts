import { describe, expect, test } from "vitest";
import { codeResponse, errorResponse } from "./authorization-response";
import { AccessDeniedError } from "./errors";

const issuer = "https://id.example/o";

describe("RFC 6749 §4.1.2 with RFC 9207 §2: the authorization response", () => {
  test.each([
    ["https://app.example/cb", "https://app.example/cb?code=c&state=s&iss=https%3A%2F%2Fid.example%2Fo"],
    ["https://app.example", "https://app.example?code=c&state=s&iss=https%3A%2F%2Fid.example%2Fo"],
    [
      "https://app.example/cb?a=%C3%A9&b",
      "https://app.example/cb?a=%C3%A9&b&code=c&state=s&iss=https%3A%2F%2Fid.example%2Fo",
    ],
    ["https://app.example/cb?", "https://app.example/cb?code=c&state=s&iss=https%3A%2F%2Fid.example%2Fo"],
    ["https://app.example/cb?a=1&", "https://app.example/cb?a=1&code=c&state=s&iss=https%3A%2F%2Fid.example%2Fo"],
    ["com.example.app:/cb", "com.example.app:/cb?code=c&state=s&iss=https%3A%2F%2Fid.example%2Fo"],
  ])("%s is kept as it is", (redirectUri, location) => {
    expect(codeResponse({ redirectUri, state: "s", issuer }, "c")).toBe(location);
  });

  test("without a state there is none in the response", () => {
    const location = codeResponse({ redirectUri: "https://app.example/cb", state: null, issuer }, "c");
    expect([...new URL(location).searchParams.keys()]).toEqual(["code", "iss"]);
  });

  test.each(["a b+c", "&code=evil", "x#y", "ü🗝", "%00", "\"'<>"])("the state %j comes back unchanged", (state) => {
    const location = codeResponse({ redirectUri: "https://app.example/cb", state, issuer }, "c");
    expect(new URL(location).searchParams.getAll("state")).toEqual([state]);
    expect(new URL(location).searchParams.getAll("code")).toEqual(["c"]);
    expect(location).toMatch(/^[\x21-\x7e]+$/);
  });

  test("an error carries code, description, state and issuer", () => {
    const target = { redirectUri: "https://app.example/cb?a=1", state: "s", issuer };
    const url = new URL(errorResponse(target, new AccessDeniedError()));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      a: "1",
      error: "access_denied",
      error_description: "The resource owner denied the request.",
      state: "s",
      iss: issuer,
    });
  });
});
