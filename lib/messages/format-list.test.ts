import { expect, test } from "vitest";
import { formatList } from "./format-list";

test("lists as sentences and as plain values have them", () => {
  expect(formatList(["A", "B", "C"], "en")).toBe("A, B and C");
  expect(formatList(["A", "B", "C"], "en", "unit")).toBe("A, B, C");
  expect(formatList(["A", "B", "C"], "de")).toBe("A, B und C");
});
