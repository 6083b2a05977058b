import { expect, test } from "vitest";
import { boundDetails, describeChanges } from "./bounded-details";

const addresses = (count: number) => Array.from({ length: count }, (_, index) => `https://app.example/${index}`);

test("short values are kept as they are", () => {
  const details = { source: "dynamic", name: "App", redirectUris: addresses(3), jwks: null, at: new Date(0) };
  expect(boundDetails(details)).toEqual(details);
  expect(boundDetails({ name: undefined })).toEqual({});
});

test("a long text is cut off, never in the middle of a character", () => {
  const cut = boundDetails({ state: "🗝".repeat(5000) }).state as string;
  expect(cut.length).toBeLessThanOrEqual(300);
  expect(cut).not.toMatch(/\p{Cs}/u);
  expect(cut.endsWith("…")).toBe(true);
});

test("of a long list the first entries are kept, with the number of the others", () => {
  const bounded = boundDetails({ redirectUris: addresses(50) }).redirectUris as string[];
  expect(bounded.slice(0, 3)).toEqual(addresses(3));
  expect(bounded.at(-1)).toBe(`… ${50 - (bounded.length - 1)} more`);
  const long = boundDetails({ redirectUris: [`https://app.example/${"a".repeat(1900)}`, "b"] }).redirectUris;
  expect(long).toEqual([expect.stringMatching(/^https:\/\/app\.example\/a+…$/), "… 1 more"]);
});

test("an update of every field with the longest values takes a few kilobytes", () => {
  const fields = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`field${index}`, Array<string>(50).fill("x".repeat(1900))]),
  );
  const metadata = { client_uri: "x".repeat(2000), contacts: Array<string>(10).fill("y".repeat(254)) };
  const jwks = { keys: Array.from({ length: 20 }, () => ({ kty: "RSA", n: "n".repeat(700), e: "AQAB" })) };
  const whole = { ...fields, metadata, jwks };
  expect(JSON.stringify(whole).length).toBeGreaterThan(1_000_000);
  expect(JSON.stringify(boundDetails({ before: whole, after: whole })).length).toBeLessThan(12_000);
});

test("of an update only the differences are kept, regardless of the order of members", () => {
  const before = { name: "Old", jwks: { keys: [{ kty: "EC", crv: "P-256" }] }, scopes: ["a", "b"], uri: undefined };
  const after = { name: "New", jwks: { keys: [{ crv: "P-256", kty: "EC" }] }, scopes: ["b", "a"], uri: null };
  expect(describeChanges(before, after)).toEqual({
    before: { name: "Old", scopes: ["a", "b"] },
    after: { name: "New", scopes: ["b", "a"] },
  });
});
