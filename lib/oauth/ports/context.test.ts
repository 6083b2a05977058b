import { expect, test } from "vitest";
import { addSeconds, sanitizeForLog } from "./context";

test("addSeconds keeps the milliseconds and leaves its argument alone", () => {
  const at = new Date("2031-01-01T00:00:00.123Z");
  expect(addSeconds(at, 60)).toEqual(new Date("2031-01-01T00:01:00.123Z"));
  expect(addSeconds(at, -0.123)).toEqual(new Date("2031-01-01T00:00:00.000Z"));
  expect(at).toEqual(new Date("2031-01-01T00:00:00.123Z"));
});

test.each([
  ["https://app.example/cb?ü=1", "https://app.example/cb?ü=1"],
  ["a\0b\r\nc\x7f", "a\ufffdb\ufffd\ufffdc\ufffd"],
  ["half \ud83d", "half \ufffd"],
])("what is written down of %j is %j", (value, expected) => {
  expect(sanitizeForLog(value)).toBe(expected);
});

test("what is logged has at most 500 characters, and nothing stays nothing", () => {
  expect(sanitizeForLog("a".repeat(65_536))).toBe("a".repeat(300));
  expect(sanitizeForLog(undefined)).toBeUndefined();
});

test("a whole character outside the basic plane is kept", () => {
  expect(sanitizeForLog("key 🗝")).toBe("key 🗝");
});
