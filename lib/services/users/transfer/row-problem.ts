import { z } from "zod";
import { inEnglish } from "@/lib/messages/english-problems";
import { describeProblem, type ProblemCode, parseProblem, problem, type ReadText } from "@/lib/messages/problem";
import { toStorable } from "@/lib/storable-text";

/**
 * What is wrong with a row: a member of it, a code with its values for pages, and the same in English for programs. It
 * is stored, and a problem as `problem()` makes it has a character that can't be.
 */
export const rowProblem = z.strictObject({
  field: z.string(),
  /** Null: it is a sentence alone. */
  code: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  message: z.string(),
});

export type RowProblem = z.output<typeof rowProblem>;

/** `message` is a problem by its code. */
export function toRowProblem(field: string, message: string): RowProblem {
  const { code = null, values = {} } = parseProblem(message) ?? {};
  return { field: toStorable(field), code, values, message: describeProblem(message, inEnglish) };
}

export function describeRowProblem({ code, values, message }: RowProblem, read: ReadText): string {
  return code === null ? message : describeProblem(problem(code as ProblemCode, values), read);
}
