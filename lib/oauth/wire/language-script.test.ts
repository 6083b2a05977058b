import { expect, test } from "vitest";
import { toLanguageAndScript } from "./language-script";

test.each([
  ["zh-TW", "zh-Hant"],
  ["zh-HK", "zh-Hant"],
  ["zh", "zh-Hans"],
  ["zh-CN", "zh-Hans"],
  ["sr-Latn-RS", "sr-Latn"],
  ["sr", "sr-Cyrl"],
  ["pt-BR", "pt-Latn"],
])("%s is written as %s", (tag, expected) => {
  expect(toLanguageAndScript(tag)).toBe(expected);
});
