import { expect, test } from "vitest";
import { findNearest } from "./nearest";

const registered = ["https://app.example/callback", "https://app.example/silent", "com.example.app:/callback"];

test.each([
  ["https://app.example/callback/", "https://app.example/callback"],
  ["http://app.example/callback", "https://app.example/callback"],
  ["https://app.example/silnet", "https://app.example/silent"],
  ["com.example.app://callback", "com.example.app:/callback"],
  ["", "https://app.example/callback"],
])("%s was meant to be %s", (sent, expected) => {
  expect(findNearest(sent, registered)).toBe(expected);
});

test("nothing is close if nothing is registered", () => {
  expect(findNearest("https://app.example/", [])).toBeNull();
});

test("addresses of any length are compared quickly", () => {
  const long = Array.from({ length: 50 }, (_, index) => `https://app.example/${"a".repeat(1900)}${index}`);
  expect(findNearest(`https://app.example/${"a".repeat(100_000)}`, long)).toBe(long[0]);
});
