import { describe, expect, test } from "vitest";
import type { ResponseMode } from "../ports/types";
import { buildClient } from "../testing/builders";
import { buildContext } from "../testing/test-context";
import { AccessDeniedError } from "../wire/errors";
import { type AuthorizationResponse, codeResponse, errorResponse } from "./authorization-response";

const context = buildContext();
const client = buildClient();
const { issuer } = context;
const iss = "iss=https%3A%2F%2Fid.example%2Fo";

function targetOf(redirectUri: string, responseMode: ResponseMode = "query", state: string | null = "s") {
  return { client, redirectUri, responseMode, state };
}

/** The address of a response that is a redirect. */
async function locationOf(pending: Promise<AuthorizationResponse>): Promise<string> {
  const response = await pending;
  if (response.kind !== "redirect") throw new Error("Expected a redirect");
  return response.location;
}

describe("RFC 6749 §4.1.2 with RFC 9207 §2: the authorization response", () => {
  test.each([
    ["https://app.example/cb", `https://app.example/cb?code=c&state=s&${iss}`],
    ["https://app.example", `https://app.example?code=c&state=s&${iss}`],
    ["https://app.example/cb?a=%C3%A9&b", `https://app.example/cb?a=%C3%A9&b&code=c&state=s&${iss}`],
    ["https://app.example/cb?", `https://app.example/cb?code=c&state=s&${iss}`],
    ["https://app.example/cb?a=1&", `https://app.example/cb?a=1&code=c&state=s&${iss}`],
    ["com.example.app:/cb", `com.example.app:/cb?code=c&state=s&${iss}`],
  ])("%s is kept as it is", async (redirectUri, location) => {
    expect(await locationOf(codeResponse(context, targetOf(redirectUri), "c"))).toBe(location);
  });

  test("without a state there is none in the response", async () => {
    const location = await locationOf(codeResponse(context, targetOf("https://app.example/cb", "query", null), "c"));
    expect([...new URL(location).searchParams.keys()]).toEqual(["code", "iss"]);
  });

  test.each(["a b+c", "&code=evil", "x#y", "ü🗝", "%00", "\"'<>"])(
    "the state %j comes back unchanged",
    async (state) => {
      for (const mode of ["query", "fragment"] as const) {
        const location = await locationOf(codeResponse(context, targetOf("https://app.example/cb", mode, state), "c"));
        const { search, hash } = new URL(location);
        const parameters = new URLSearchParams(mode === "query" ? search : hash.slice(1));
        expect(parameters.getAll("state")).toEqual([state]);
        expect(parameters.getAll("code")).toEqual(["c"]);
        expect(location).toMatch(/^[\x21-\x7e]+$/);
      }
      const posted = await codeResponse(context, targetOf("https://app.example/cb", "form_post", state), "c");
      expect(posted).toEqual({
        kind: "form-post",
        action: "https://app.example/cb",
        fields: { code: "c", state, iss: issuer },
      });
    },
  );

  test("an error carries code, description, state and issuer", async () => {
    const url = new URL(
      await locationOf(errorResponse(context, targetOf("https://app.example/cb?a=1"), new AccessDeniedError())),
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      a: "1",
      error: "access_denied",
      error_description: "The resource owner denied the request.",
      state: "s",
      iss: issuer,
    });
  });
});

describe("OAuth 2.0 Multiple Response Types §2.1, Form Post Response Mode §2: response_mode", () => {
  test("fragment: after the registered address, whose query stays", async () => {
    const location = await locationOf(codeResponse(context, targetOf("https://app.example/cb?a=1", "fragment"), "c"));
    expect(location).toBe(`https://app.example/cb?a=1#code=c&state=s&${iss}`);
  });

  test("form_post: the registered address with its query, without any of the response", async () => {
    const action = "https://app.example/cb?a=1";
    expect(await errorResponse(context, targetOf(action, "form_post"), new AccessDeniedError())).toEqual({
      kind: "form-post",
      action,
      fields: {
        error: "access_denied",
        error_description: "The resource owner denied the request.",
        state: "s",
        iss: issuer,
      },
    });
  });
});
