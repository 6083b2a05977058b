import type { Messages } from "./catalog";
import type { TextKey } from "./text-key";

/** The key of a text that says what is wrong with an input: in `problems`, or for administrators `consoleProblems`. */
export type ProblemCode =
  | `problems.${TextKey<Messages["problems"]>}`
  | `consoleProblems.${TextKey<Messages["consoleProblems"]>}`;

/** What is wrong, before it is said in a language. */
export interface Problem {
  code: ProblemCode;
  /** What the text has places for, such as a maximum. */
  values?: Readonly<Record<string, string | number>>;
}

/** A problem as zod's messages carry it, which are strings: read back by `readProblem`. */
export function problem(code: ProblemCode, values?: Problem["values"]): string {
  return values ? `${code} ${JSON.stringify(values)}` : code;
}

export function readProblem(message: string): Problem {
  const end = message.indexOf(" ");
  if (end === -1) return { code: message as ProblemCode };
  return { code: message.slice(0, end) as ProblemCode, values: JSON.parse(message.slice(end + 1)) };
}
