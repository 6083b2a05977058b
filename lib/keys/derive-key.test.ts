import { expect, test } from "vitest";
import { deriveKey } from "./derive-key";

test("a purpose has one key of 256 bits, which is no other purpose's", () => {
  const key = deriveKey("csrf");
  expect(key).toHaveLength(32);
  expect(deriveKey("csrf")).toBe(key);
  expect(deriveKey("flash")).not.toEqual(key);
});
