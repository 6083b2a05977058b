import { expect, test } from "vitest";
import { describeWait } from "./describe-wait";

test.each([
  [1, "a minute"],
  [60, "a minute"],
  [61, "2 minutes"],
  [900, "15 minutes"],
])("%i seconds are %s", (seconds, wait) => {
  expect(describeWait(seconds)).toBe(wait);
});
