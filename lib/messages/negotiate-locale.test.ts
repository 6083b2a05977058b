import { describe, expect, test } from "vitest";
import { chooseLocale, matchLocale, matchUiLocales, negotiateByHeaders, negotiateLocale } from "./negotiate-locale";

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
    [["pt-PT", "pt", "en-US", "en"], "pt-BR"],
    [["zh-SG", "en"], "zh-CN"],
    [["zh-TW", "en"], "en"],
    [["en-GB", "de"], "en"],
    [Array.from({ length: 30 }, () => "xx").concat("de"), null],
    [["constructor", "__proto__"], null],
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

describe("what goes before what", () => {
  const request = { uiLocales: "fr", own: "de-AT", kept: { locale: "it", overrides: false }, acceptLanguage: "pl" };

  test.each([
    ["the application's request", {}, "fr"],
    ["the person's own", { uiLocales: "tlh" }, "de"],
    ["the language switch", { uiLocales: null, own: "tlh" }, "it"],
    ["Accept-Language", { uiLocales: null, own: null, kept: { locale: "tlh", overrides: false } }, "pl"],
    ["a choice against the request", { kept: { locale: "it", overrides: true } }, "de"],
    ["that of someone unknown", { own: null, kept: { locale: "it", overrides: true } }, "it"],
  ])("%s", (_what, change, expected) => {
    expect(chooseLocale({ ...request, ...change })).toBe(expected);
  });

  test("with the headers alone", () => {
    const cookie = "theme=dark; locale=it";
    expect(negotiateByHeaders({ cookie, acceptLanguage: "pl", uiLocales: null })).toBe("it");
    expect(negotiateByHeaders({ cookie, acceptLanguage: "pl", uiLocales: "fr" })).toBe("fr");
    expect(negotiateByHeaders({ cookie: `${cookie}; locale_chosen=1`, acceptLanguage: "pl", uiLocales: "fr" })).toBe(
      "it",
    );
  });
});
