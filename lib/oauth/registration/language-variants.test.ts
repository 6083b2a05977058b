import { describe, expect, test } from "vitest";
import { z } from "zod";
import { findVariant, readLanguageVariants } from "./language-variants";

const text = z.string("must be a string").max(20, "is too long");
const rules = { client_name: text, client_uri: text, logo_uri: text, tos_uri: text, policy_uri: text };

describe("RFC 7591 §2.2: members in other languages", () => {
  test("are read by their canonical tags; any other name is ignored", () => {
    const sent = {
      client_name: "Web",
      "client_name#DE-ch": "Netz",
      "policy_uri#ja-Hani-JP": "https://a.example",
      "software_id#de": "x",
      "client_name#": "x",
      "client_name#not a tag": "x",
      "client_name#de#at": "x",
    };
    expect(readLanguageVariants(sent, rules).variants).toEqual({
      "client_name#de-CH": "Netz",
      "policy_uri#ja-Hani-JP": "https://a.example",
    });
  });

  test("are checked by the rule of the member", () => {
    expect(problemsOf({ "client_name#de": 1 })).toMatch("must be a string");
    expect(problemsOf({ "client_name#de": "x".repeat(21) })).toMatch("is too long");
    expect(readLanguageVariants({ "client_name#de": 1, "client_name#fr": "a" }, rules).variants).toEqual({
      "client_name#fr": "a",
    });
  });

  test("are limited in number", () => {
    const tags = Array.from({ length: 26 * 26 }, (_, index) => String.fromCharCode(97 + index / 26, 97 + (index % 26)));
    const sent = Object.fromEntries(tags.map((tag) => [`client_name#de-x-${tag}`, "x"]));
    expect(problemsOf(sent)).toMatch("at most 200");
  });
});

describe("RFC 4647 §3.4: the variant for a reader", () => {
  const variants = { "client_name#de": "Netz", "client_name#pt-PT": "Rede", "client_name#zh-Hant": "網" };

  test.each([
    ["de", "Netz"],
    ["de-CH", "Netz"],
    ["pt-BR", "Rede"],
    ["zh-Hant-TW", "網"],
    ["zh-TW", "網"],
    ["zh-CN", undefined],
    ["d", undefined],
    ["fr", undefined],
  ])("%s: %s", (locale, expected) => {
    expect(findVariant(variants, "client_name", locale)).toBe(expected);
  });

  test("is of the requested member", () => {
    expect(findVariant(variants, "logo_uri", "de")).toBeUndefined();
  });
});

function problemsOf(sent: object): string {
  return readLanguageVariants(sent, rules)
    .faults.map(({ problem }) => problem)
    .join(" ");
}
