import { describe, expect, test } from "vitest";
import { inEnglish } from "@/lib/messages/english-problems";
import { describeProblem } from "@/lib/messages/problem";
import { findPasswordProblem } from "./password-policy";

const person = ["wiliam", "me@wiliam.dev"];

function explain(password: string, words: readonly string[]): string {
  return describeProblem(findPasswordProblem(password, words) ?? "", inEnglish);
}

describe("a new password (NIST SP 800-63B §5.1.1.2)", () => {
  test.each([
    "correct horse battery",
    "p  spaces  count  p",
    "Пароль-длинный",
    "🔑🔒🗝️🔓🔑🔒🗝️🔓",
    `${"ab".repeat(63)}cd`,
  ])("%j will do: any characters that can be typed, no rules of composition", (password) => {
    expect(findPasswordProblem(password, person)).toBeNull();
  });

  test.each([
    ["seven77", "at least 8"],
    ["🔑🔑🔑🔑🔑🔑🔑", "at least 8"],
    ["x".repeat(64).concat("y".repeat(65)), "at most 128"],
    ["password", "common"],
    ["PassWord1", "common"],
    ["ｐａｓｓｗｏｒｄ", "common"],
    ["zzzzzzzzzzzz", "common"],
    ["me@wiliam.dev", "your username"],
    ["ME@wiliam.DEV", "your username"],
  ])("%j won't: %s", (password, why) => {
    expect(explain(password, person)).toContain(why);
  });

  test.each(["\n", "\r\n", "\t", "\0", "\x1b", "\x7f", "\x85"])(
    "a control character (%j) can't be typed",
    (character) => {
      for (const password of [`correct horse${character}`, `correct${character}horse`, `${character}correct horse`]) {
        expect(explain(password, person)).toContain("control characters");
      }
    },
  );

  test("the part of the address before the @ counts as a name", () => {
    expect(explain("friederike", ["f", "friederike@example.com"])).toContain("your username");
  });
});
