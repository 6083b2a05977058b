import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { messagesOf } from "./catalog";
import { inEnglish } from "./english-problems";
import { offeredLocales } from "./locales";
import { describeProblem, describeProblems, type ProblemFile, problem } from "./problem";
import { problemsIn } from "./problems-in";

const files: readonly ProblemFile[] = ["problems", "fieldProblems", "consoleProblems", "consoleFieldProblems"];

function listKeys(texts: object, prefix = ""): string[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === "string" ? [prefix + key] : listKeys(text, `${prefix}${key}.`),
  );
}

const codes = files.flatMap((file) => listKeys(messagesOf(file, "en")).map((key) => ({ file, key })));

/** A value for each place of the English text. */
function fill(file: ProblemFile, key: string): Record<string, string | number> {
  const text = key
    .split(".")
    .reduce<unknown>((texts, part) => (texts as Record<string, unknown>)[part], messagesOf(file, "en"));
  const numbers = [TYPE.plural, TYPE.number];
  const places = parse(String(text)).flatMap((part) =>
    part.type === TYPE.argument || part.type === TYPE.plural || part.type === TYPE.number
      ? [[part.value, numbers.includes(part.type) ? 3 : "X"]]
      : [],
  );
  return Object.fromEntries(places);
}

describe.each(offeredLocales)("in %s", (locale) => {
  test("each problem has a sentence", () => {
    const read = problemsIn(locale);
    for (const { file, key } of codes) {
      const said = describeProblem(problem(`${file}.${key}` as "problems.signIn", fill(file, key)), read);
      expect(said).toMatch(/[\p{L}]/u);
      expect(said).not.toBe(`${file}.${key}`);
      expect(said).not.toMatch(/[{}]/);
    }
  });
});

test("values that users typed say nothing but themselves", () => {
  const typed = problem("problems.signIn");
  const said = describeProblem(problem("consoleProblems.applications.owner", { owner: "{x} '<b>" }), inEnglish);
  expect(said).toBe("There is no user {x} '<b>.");
  expect(describeProblem(problem("consoleProblems.applications.owner", { owner: typed }), inEnglish)).not.toContain(
    "Sign in",
  );
});

test("a problem in a problem is said in the same language", () => {
  const inner = problem("fieldProblems.webAddress");
  const outer = problem("consoleFieldProblems.application.address", { address: "x://", problem: inner });
  expect(describeProblem(outer, inEnglish)).toBe("x://: Enter a complete address that starts with https://.");
  expect(describeProblem(outer, problemsIn("de"))).toMatch(/^x:\/\/: Geben Sie/);
});

test("a sentence stays what it is", () => {
  expect(describeProblems({ name: ["Too bad."] }, problemsIn("ja"))).toEqual({ name: ["Too bad."] });
});

test("English for programs is ASCII where the screens have typographic apostrophes", () => {
  expect(describeProblem(problem("problems.noPermission"), inEnglish)).toBe("You don't have permission to do this.");
  const owner = "Zoë – “the boss”";
  expect(describeProblem(problem("consoleProblems.applications.owner", { owner }), inEnglish)).toContain(owner);
  for (const { file, key } of codes) expect(inEnglish(file, key, fill(file, key)), key).toMatch(/^[\x20-\x7e]+$/);
});
