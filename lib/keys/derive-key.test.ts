import { expect, test } from "vitest";
import { deriveKey } from "./derive-key";

test("each purpose has its own 256-bit key", () => {
  const key = deriveKey("csrf");
  expect(key).toHaveLength(32);
  expect(deriveKey("csrf")).toBe(key);
  expect(deriveKey("flash")).not.toEqual(key);
});
