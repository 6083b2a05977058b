import { expect, test } from "vitest";
import { freeLabel } from "./free-label";

test.each([
  ["First secret", [], "First secret"],
  ["First secret", ["Another"], "First secret"],
  ["First secret", ["First secret"], "First secret (2)"],
  ["First secret", ["First secret", "First secret (2)"], "First secret (3)"],
  ["First secret (2)", ["First secret", "First secret (2)"], "First secret (3)"],
  ["First secret (2)", ["First secret (2)", "First secret (3)"], "First secret (4)"],
])("%s beside %j is %s", (label, taken, free) => {
  expect(freeLabel(label, taken)).toBe(free);
});

test("a long label stays within its limit", () => {
  const label = "x".repeat(60);
  expect(freeLabel(label, [label])).toBe(`${"x".repeat(56)} (2)`);
});
