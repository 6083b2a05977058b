import { expect, test } from "vitest";
import type { OfferedLocale } from "@/lib/messages/locales";
import { listLanguages } from "./languages";

const two = ["en", "en"] as OfferedLocale[];

test("with one language there is nothing to choose", () => {
  expect(listLanguages("de-CH", "en", ["en"])).toBeNull();
});

test("the languages of the screens, each in its own name", () => {
  for (const chosen of [null, "en"]) {
    expect(listLanguages(chosen, "en", two)?.map(({ label }) => label)).toEqual(["English", "English"]);
  }
});

test("what someone has chosen elsewhere stays in the list", () => {
  expect(listLanguages("de-CH", "en", two)?.at(-1)).toEqual({ value: "de-CH", label: "Swiss High German (de-CH)" });
  expect(listLanguages("tlh-x-a", "en", two)?.at(-1)?.value).toBe("tlh-x-a");
});
