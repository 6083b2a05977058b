import { expect, test } from "vitest";
import { formatLifetime } from "./token-formats";

test.each([
  [36_000, "10 hours"],
  [86_400, "1 day"],
  [3_600, "1 hour"],
  [5_400, "90 minutes"],
  [60, "1 minute"],
  [90, "90 seconds"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatLifetime(seconds, "en")).toBe(text);
});
