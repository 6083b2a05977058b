import { expect, test } from "vitest";
import { type ClientAttempt, refusalKey } from "./refused-clients";

const inBody = { network: "192.0.2.1", path: "/o/token", authorization: null, body: "client_id=a&client_secret=b&x=1" };
const inHeader = { ...inBody, authorization: "Basic YTpi", body: "" };

test.each([
  ["another parameter", inBody, { body: "y=2&client_secret=b&client_id=a" }],
  ["a slash at the end", inBody, { path: "/o/token/" }],
  ["another body beside the header", inHeader, { body: "grant_type=client_credentials" }],
])("%s makes no difference", (_, attempt, change: Partial<ClientAttempt>) => {
  expect(refusalKey({ ...attempt, ...change })).toBe(refusalKey(attempt));
});

test.each([
  ["another secret", inBody, { body: "client_id=a&client_secret=c" }],
  ["no secret", inBody, { body: "client_id=a" }],
  ["another client", inBody, { body: "client_id=c&client_secret=b" }],
  ["another network", inBody, { network: "192.0.2.2" }],
  ["another endpoint", inBody, { path: "/o/introspect" }],
  ["another header", inHeader, { authorization: "Basic YTpj" }],
  ["the header instead of the body", inBody, { authorization: "Basic YTpi" }],
])("%s is another request", (_, attempt, change: Partial<ClientAttempt>) => {
  const key = refusalKey({ ...attempt, ...change });
  expect(key).not.toBeNull();
  expect(key).not.toBe(refusalKey(attempt));
});

test.each([
  { authorization: "Bearer YTpi" },
  { authorization: "DPoP YTpi" },
  { body: "" },
  { body: "client_secret=b" },
  { body: "client_id=a&client_assertion=x.y.z" },
  { body: "client_id=a&client_secret=b&client_secret=c" },
  { body: "client_id=%" },
])("%j has no credentials that could be refused again", (change) => {
  expect(refusalKey({ ...inBody, ...change })).toBeNull();
});

test("RFC 7617: credentials in a header with two readings are refused as one, and others are kept apart", () => {
  const key = (text: string) => {
    const authorization = `Basic ${Buffer.from(text).toString("base64")}`;
    return refusalKey({ network: "192.0.2.1", path: "/o/token", authorization, body: "" });
  };
  expect(key("id:a+b")).not.toBeNull();
  expect(key("id:a+b")).toBe(key("id:a+b"));
  // The shared reading is only one of two for each: one may be right and the other wrong.
  expect(key("id:a%2Bb")).not.toBe(key("id:a+b"));
});
