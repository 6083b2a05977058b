import { describe, expect, test } from "vitest";
import { toSignInKey, toUserKey } from "@/lib/db/user-key";
import { userSchema } from "./user-schema";

const person = { username: "wiliam", email: "me@wiliam.dev", password: "x" };

describe("a user's names", () => {
  test.each([
    {},
    { username: "me@wiliam.dev" },
    { username: "ME@Wiliam.dev" },
    { username: "Zoë_1.2-3+4" },
    { username: "李雷" },
    { username: "o'brien" },
    { username: "O’Brien" },
    { username: "o'brien@example.com", email: "O’Brien@example.com" },
    { username: "me@bücher.example", email: "me@xn--bcher-kva.example" },
    { email: "用户@例子.广告" },
    { email: "Dörte@Sörensen.example.com" },
    { email: "o'brien+tag@example.com" },
  ])("%j will do", (change) => {
    expect(userSchema.safeParse({ ...person, ...change }).success).toBe(true);
  });

  test("one apostrophe, whatever the phone writes, and one form of a domain: no second account looks the same", () => {
    expect(userSchema.parse({ ...person, username: "O’Brien" }).username).toBe("O'Brien");
    expect(toUserKey("O‘Brien")).toBe(toUserKey("o'brien"));
    expect(toUserKey("me@BÜCHER.example")).toBe(toUserKey("me@xn--bcher-kva.example"));
    expect(toSignInKey("me@bücher.example")).toBe("me@xn--bcher-kva.example");
  });

  test.each([
    { username: "" },
    { username: "two words" },
    { username: "someone@else.example" },
    // A full-width at sign folds to @ (security: look-alike addresses).
    { username: "someone\uff20else.example" },
    { username: "a\u0000b" },
    // Not whitespace that may be trimmed.
    { username: "wiliam\t" },
    { username: "\u000bwiliam" },
    { username: "wil\u200biam" },
    { username: "wiliam\ufeff" },
    // An invisible mark and an invisible letter.
    { username: "wiliam\ufe0f" },
    { username: "wil\u3164iam" },
    { email: "me@wiliam.dev\n" },
    { email: "\u200eme@wiliam.dev" },
    { username: "x".repeat(151) },
    { username: 'a"b' },
    { username: "a`b" },
    { email: "nobody" },
    { email: `${"ü".repeat(33)}@example.com` },
    { email: "a b@example.com" },
    { email: "" },
  ])("%j won't", (change) => {
    expect(userSchema.safeParse({ ...person, ...change }).success).toBe(false);
  });
});
