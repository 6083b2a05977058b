import { expect, test } from "vitest";
import { formatUserCode, generateUserCode, readUserCode } from "./user-code";

test("RFC 8628 §6.1: eight of twenty letters, no vowels and no look-alikes", () => {
  const codes = Array.from({ length: 2000 }, generateUserCode);
  for (const code of codes) expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
  expect(new Set(codes).size).toBe(2000);
  expect(new Set(codes.join("")).size).toBe(20);
});

test("every letter is equally likely", () => {
  const letters = Array.from({ length: 5000 }, generateUserCode).join("");
  for (const letter of new Set(letters)) {
    const share = letters.split(letter).length - 1;
    // 2,000 expected; the standard deviation is 44.
    expect(Math.abs(share - 2000), letter).toBeLessThan(300);
  }
});

test("it is shown in two halves", () => {
  expect(formatUserCode("WDJBMJHT")).toBe("WDJB-MJHT");
});

test.each([
  "WDJBMJHT",
  "WDJB-MJHT",
  "wdjb-mjht",
  "  Wd jB mJ_hT. ",
  "W-D-J-B-M-J-H-T",
  "WDJB–MJHT",
  "wdjb\u00a0mjht\n",
])("RFC 8628 §6.1: %j is read without regard to case, dashes and spaces", (typed) =>
  expect(readUserCode(typed)).toBe("WDJBMJHT"),
);

test.each([
  "",
  "-",
  "WDJB-MJH",
  "WDJB-MJHTT",
  "WDJB-MJH0",
  "WDJB-MJHA",
  "ＷDJBMJHT",
  "WDJB\0MJHT",
  "x".repeat(100_000),
])("no user code: %#", (typed) => expect(readUserCode(typed)).toBeNull());
