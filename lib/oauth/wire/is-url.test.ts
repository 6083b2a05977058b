import { expect, test } from "vitest";
import { isUrl } from "./is-url";

test.each([
  ["https://exämple.com/", true],
  ["https://example.com/", true],
  ["https://exa mple.com/", false],
  ["no address", false],
  ["https://", false],
])("%j: %s, however often it is asked", (text, isOne) => {
  const answers = new Set(Array.from({ length: 20_000 }, () => isUrl(text)));
  expect([...answers]).toEqual([isOne]);
});

test("a reference is resolved against its base", () => {
  expect(isUrl("/path")).toBe(false);
  expect(isUrl("/path", "https://example.com")).toBe(true);
});
