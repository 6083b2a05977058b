import { expect, test } from "vitest";
import { isStorable, toStorable } from "./storable-text";

test.each(["\u0000", "a\ud800b", "\udc00", "\udc00\ud800"])("%j can't be stored", (text) => {
  expect(isStorable(text)).toBe(false);
  expect(isStorable(toStorable(text))).toBe(true);
});

test.each(["", "Zoë", "👩‍👩‍👧", "\n\t\u0001", "\uFFFD"])("%j can", (text) => {
  expect(isStorable(text)).toBe(true);
  expect(toStorable(text)).toBe(text);
});
