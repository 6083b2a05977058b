import { describe, expect, test } from "vitest";
import { hasHiddenControl, isVisible } from "./displayed-text";

describe("Unicode §23.2: text that users see", () => {
  test.each([
    ["a family emoji, joined by ZWJ", "The 👨‍👩‍👧‍👦 calendar"],
    ["Persian with ZWNJ", "مهسا نیک‌نام"],
    ["Tamil with ZWNJ and Sinhala with ZWJ", "க்‌ஷ ශ්‍රී"],
    ["Hindi with ZWJ", "क्‍ष"],
    ["an emoji with a variation selector and a skin tone", "❤️ 👍🏽"],
    ["the flag of England, written with tags", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 Football"],
    ["a flag of two letters", "🇩🇪"],
    ["a soft hyphen within a word", "Donau\u00addampfschiff"],
    ["a character that this version of Unicode doesn't know yet", "\u{1fae9}"],
  ])("%s is a name", (_what, text) => {
    expect(hasHiddenControl(text)).toBe(false);
    expect(isVisible(text)).toBe(true);
  });

  test.each([
    ["a control character", "a\u0007b"],
    ["a line end", "a\nb"],
    ["a C1 control", "a\u0085b"],
    ["a line separator", "a\u2028b"],
    ["half a surrogate pair", "a\ud800b"],
    ["private use", "a\ue000b"],
    ["a non-character", "a\uffffb"],
    ["an override of direction", "evil\u202egpj.exe"],
    ["an isolate", "a\u2066b"],
    ["a mark of direction", "a\u200eb"],
    ["the Arabic letter mark", "a\u061cb"],
    ["tags outside of a flag", "a\u{e0068}\u{e0069}b"],
    ["tags of a flag without an end", "🏴\u{e0067}\u{e0062}"],
  ])("%s is refused", (_what, text) => {
    expect(hasHiddenControl(text)).toBe(true);
  });

  test.each([
    "",
    " ",
    "\u00a0\u3000",
    "\u200d\u200c",
    "\u200b",
    "\ufeff",
    "\u3164",
    "\u2060\ufe0f",
    "\u2800",
    "\u00ad",
  ])("%j alone shows nothing", (text) => {
    expect(isVisible(text)).toBe(false);
  });
});
