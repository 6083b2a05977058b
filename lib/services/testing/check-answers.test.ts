import { expect, test } from "vitest";
import { z } from "zod";
import type { ServiceContext } from "../context";
import { instant } from "../wire";
import { checkAnswers } from "./check-answers";

const wire = { input: null, output: z.strictObject({ name: z.string(), createdAt: instant }) };
const answer = { name: "An API", createdAt: new Date() };

test("what a use case answers is returned as it is, if it is what it says it answers", async () => {
  const check = checkAnswers("getOne", () => answer, wire);
  expect(await check({} as ServiceContext)).toBe(answer);
});

test.each([
  ["a member that nobody named", { ...answer, hash: "secret" }],
  ["no member that is named", { name: "An API" }],
  ["one of another type", { ...answer, createdAt: "yesterday" }],
])("an answer fails that has %s", async (_what, wrong) => {
  const check = checkAnswers("getOne", () => wrong, wire);
  await expect(check({} as ServiceContext)).rejects.toThrow(z.ZodError);
});
