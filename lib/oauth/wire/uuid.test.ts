import { expect, test } from "vitest";
import { isCanonicalUuid, isUuid } from "./uuid";

const uuid = "0198c1b2-77aa-7c3e-9f00-1234567890ab";

test("a UUID is written in one spelling, and read in any case", () => {
  expect([isUuid(uuid), isCanonicalUuid(uuid)]).toEqual([true, true]);
  expect([isUuid(uuid.toUpperCase()), isCanonicalUuid(uuid.toUpperCase())]).toEqual([true, false]);
});

test.each(["", "nobody", `${uuid}0`, `{${uuid}}`, uuid.replaceAll("-", ""), `${uuid}\n`])("%j is none", (text) => {
  expect([isUuid(text), isCanonicalUuid(text)]).toEqual([false, false]);
});
