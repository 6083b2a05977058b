import { expect, test } from "vitest";
import { toText, toValue } from "./attribute-text";

test.each([
  ["text", " Berlin ", "Berlin"],
  ["text", "  ", null],
  ["number", "7", 7],
  ["number", "-1.5", -1.5],
  ["number", "seven", "seven"],
  ["number", "1e999", "1e999"],
  ["boolean", "true", true],
  ["boolean", "false", false],
  ["boolean", "maybe", "maybe"],
  ["list", "one\r\n\r\n two \n", ["one", "two"]],
  ["list", "\n", null],
] as const)("%s %j is %j", (type, typed, value) => {
  expect(toValue(type, typed)).toEqual(value);
});

test.each([
  [null, ""],
  [7, "7"],
  [false, "false"],
  [["one", "two"], "one\ntwo"],
] as const)("%j is shown as %j", (value, text) => {
  expect(toText(Array.isArray(value) ? [...value] : (value as number | boolean | null))).toBe(text);
});
