import { z } from "zod";
import { inEnglish } from "@/lib/messages/english-problems";
import { describeProblem, type ProblemCode, parseProblem, problem, type ReadText } from "@/lib/messages/problem";

/**
 * A problem in what a use case returns or stores: its code with its values for pages, and the same in English for
 * programs. As `problem()` makes it, it has a character that can't be stored.
 */
export const describedProblem = z.strictObject({
  /** Null: it is a sentence alone. */
  code: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  message: z.string(),
});

export type DescribedProblem = z.output<typeof describedProblem>;

/** `message` is a problem by its code. */
export function toDescribedProblem(message: string): DescribedProblem {
  const { code = null, values = {} } = parseProblem(message) ?? {};
  return { code, values, message: describeProblem(message, inEnglish) };
}

/** In the reader's language. */
export function sayProblem({ code, values, message }: DescribedProblem, read: ReadText): string {
  return code === null ? message : describeProblem(problem(code as ProblemCode, values), read);
}
