import { expect } from "vitest";
import { issuer } from "./environment";
import { readText } from "./html";
import type { Answer } from "./http";
import { parseJson } from "./token-client";

/** RFC 6749 §5.1: no cache may keep it, new or old. */
export function expectNotCached({ headers }: Answer): void {
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers.pragma).toBe("no-cache");
}

/** An error in the form of RFC 6749 §5.2. */
export function expectOAuthError(answer: Answer, status: number, error: string): void {
  expect({ status: answer.status, error: parseJson(answer.text).error }).toEqual({ status, error });
  expect(Object.keys(parseJson(answer.text))).toEqual(["error", "error_description"]);
  // RFC 6749 §5.2: the allowed characters of a description.
  expect(String(parseJson(answer.text).error_description)).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  expect(answer.headers["content-type"]).toMatch(/^application\/json\b/);
  expectNotCached(answer);
}

/** A page for the user, without a redirect. Returns its reference. */
export function expectErrorPage(answer: Answer, status = 400): string {
  expect({ status: answer.status, location: answer.headers.location }).toEqual({ status, location: undefined });
  expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(answer.headers["cache-control"]).toBe("no-store");
  const advice = readText(answer.text).match(/go back|start again/gi) ?? [];
  expect(advice.length, "the advice stands there once").toBeLessThan(2);
  const reference = /Reference ([A-Za-z0-9]{10})\b/.exec(readText(answer.text))?.[1];
  expect(reference, "a reference on the page").toBeDefined();
  return reference ?? "";
}

/** A 303 to the redirect URI with an error, the state and the issuer (RFC 6749 §4.1.2.1, RFC 9207 §2). */
export function expectErrorRedirect(answer: Answer, redirectUri: string, error: string, state = "a state"): void {
  expect(answer.status).toBe(303);
  expectErrorResponse(new URL(answer.headers.location ?? ""), redirectUri, error, state);
}

export function expectErrorResponse(location: URL, redirectUri: string, error: string, state = "a state"): void {
  expect(location.href.split("?")[0]).toBe(redirectUri);
  expect([...location.searchParams.keys()]).toEqual(["error", "error_description", "state", "iss"]);
  expect(location.searchParams.get("error")).toBe(error);
  expect(location.searchParams.get("state")).toBe(state);
  expect(location.searchParams.get("iss")).toBe(issuer);
}
