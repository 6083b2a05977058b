import { expect, test } from "vitest";
import { acrValues, toAcr } from "./acr";

test("somebody who proved who they are, in whatever way, reached the one class there is", () => {
  for (const amr of [["pwd"], ["pwd", "otp"], ["hwk"]]) expect(toAcr(amr)).toBe("1");
  expect(acrValues).toEqual(["1"]);
});

test("where nothing is known of how, nothing is said", () => {
  expect(toAcr([])).toBeNull();
});
