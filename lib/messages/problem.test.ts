import { expect, test } from "vitest";
import { type Problem, problem, readProblem } from "./problem";

const code = "problems.example" as Problem["code"];

test("a problem comes back from a message as it was put in", () => {
  expect(readProblem(problem(code))).toEqual({ code });
  const values = { maximum: 100, name: 'a "quoted" name with spaces' };
  expect(readProblem(problem(code, values))).toEqual({ code, values });
});
