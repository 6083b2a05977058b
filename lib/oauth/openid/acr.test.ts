import { expect, test } from "vitest";
import { acrValues, toAcr } from "./acr";

test("a user who authenticated in any way reached the only class", () => {
  for (const amr of [["pwd"], ["pwd", "otp"], ["hwk"]]) expect(toAcr(amr)).toBe("1");
  expect(acrValues).toEqual(["1"]);
});

test("if the method is unknown, nothing is claimed", () => {
  expect(toAcr([])).toBeNull();
});
