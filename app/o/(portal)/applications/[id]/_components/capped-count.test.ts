import { expect, test } from "vitest";
import { textsOf } from "@/lib/messages/texts";
import { capCount } from "./capped-count";

test.each([
  [0, "0 users"],
  [1, "1 user"],
  [1204, "1,204 users"],
  [9999, "9,999 users"],
  [10_000, "10,000 or more users"],
])("%i", (count, text) => {
  expect(textsOf("applications", "en")("impact.users", capCount(count, 10_000))).toBe(text);
});
