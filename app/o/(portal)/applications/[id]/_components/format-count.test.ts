import { expect, test } from "vitest";
import { formatCount } from "./format-count";

test.each([
  [0, "0 people"],
  [1, "1 person"],
  [1204, "1,204 people"],
  [9999, "9,999 people"],
  [10_000, "10,000 or more people"],
])("%i", (count, text) => {
  expect(formatCount(count, 10_000, "person", "people")).toBe(text);
});
