import { describe, expect, test } from "vitest";
import { userSchema } from "./user-schema";

const person = { username: "wiliam", email: "me@wiliam.dev", password: "x" };

describe("a person's names", () => {
  test.each([
    {},
    { username: "me@wiliam.dev" },
    { username: "ME@Wiliam.dev" },
    { username: "Zoë_1.2-3+4" },
    { username: "李雷" },
  ])("%j will do", (change) => {
    expect(userSchema.safeParse({ ...person, ...change }).success).toBe(true);
  });

  test.each([
    { username: "" },
    { username: "two words" },
    { username: "someone@else.example" },
    // A full-width at sign folds to @ (security: look-alike addresses).
    { username: "someone\uff20else.example" },
    { username: "a\u0000b" },
    // Not padding that may be dropped.
    { username: "wiliam\t" },
    { username: "\u000bwiliam" },
    { username: "wil\u200biam" },
    { username: "wiliam\ufeff" },
    // A mark and a letter that nobody sees.
    { username: "wiliam\ufe0f" },
    { username: "wil\u3164iam" },
    { email: "me@wiliam.dev\n" },
    { email: "\u200eme@wiliam.dev" },
    { username: "x".repeat(151) },
    { email: "nobody" },
    { email: "a b@example.com" },
    { email: "" },
  ])("%j won't", (change) => {
    expect(userSchema.safeParse({ ...person, ...change }).success).toBe(false);
  });
});
