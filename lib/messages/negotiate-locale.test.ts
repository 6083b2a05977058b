import { describe, expect, test } from "vitest";
import { matchLocale, matchUiLocales, negotiateLocale } from "./negotiate-locale";

describe("the language closest to what is wanted", () => {
  const offered = ["en", "de", "fr", "pt-BR", "zh-CN"];

  test.each([
    [["de"], "de"],
    [["de-CH"], "de"],
    [["DE-at"], "de"],
    [["se", "de"], "de"],
    [["pt"], "pt-BR"],
    [["pt-PT"], "pt-BR"],
    [["zh"], "zh-CN"],
    [["zh-Hans-SG"], "zh-CN"],
    [["zh-TW"], null],
    [["se"], null],
    [[], null],
    [["", "not a tag", "x".repeat(300)], null],
    [["fr-CA", "de"], "fr"],
  ])("%j: %s", (tags, expected) => {
    expect(matchLocale(tags, offered)).toBe(expected);
  });
});

test("OIDC Core §3.1.2.1: ui_locales is a list with spaces, and what isn't known is passed over", () => {
  expect(matchUiLocales("se  en-GB")).toBe("en");
  expect(matchUiLocales("tlh")).toBeNull();
  expect(matchUiLocales(null)).toBeNull();
});

test("RFC 9110 §12.5.4: Accept-Language by its weights; English if nothing fits", () => {
  expect(negotiateLocale("ar-XB;q=0.5, en;q=0.1")).toBe("ar-XB");
  expect(negotiateLocale("ar-XB;q=0, en-GB")).toBe("en");
  expect(negotiateLocale("*")).toBe("en");
  expect(negotiateLocale("tlh")).toBe("en");
  expect(negotiateLocale(null)).toBe("en");
  expect(negotiateLocale(";;;q=,")).toBe("en");
});
