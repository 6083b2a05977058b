import type { Messages } from "./catalog";
import type { TextKey } from "./text-key";

/** The files of `messages` that say what is wrong with an input or a request. */
export type ProblemFile = "problems" | "fieldProblems" | "consoleProblems" | "consoleFieldProblems";

/** The key of a text that says what is wrong, with its file. */
export type ProblemCode = { [File in ProblemFile]: `${File}.${TextKey<Messages[File]>}` }[ProblemFile];

/** What the text has places for. `problem` is a problem itself: `{address}: {problem}`. */
export type ProblemValues = Readonly<Record<string, string | number>>;

/** A text of a file by its key. */
export type ReadText = (file: ProblemFile, key: string, values?: ProblemValues) => string;

/** Before the values, and in no code and no sentence. JSON escapes it, and PostgreSQL stores it. */
const separator = "\u001f";

/**
 * What is wrong, before it is said in a language: as a string, which is what zod's messages are. `describeProblem` says
 * it.
 */
export function problem(code: ProblemCode, values: ProblemValues = {}): string {
  return `${separator}${code}${separator}${JSON.stringify(values)}`;
}

/** The parts of a problem; null for a sentence, such as one of zod's own. */
export function parseProblem(message: string): { code: string; values: ProblemValues } | null {
  if (!message.startsWith(separator)) return null;
  const [, code = "", json = "{}"] = message.split(separator);
  return { code, values: JSON.parse(json) as ProblemValues };
}

/** A problem in words. A sentence, such as one of zod's own, stays what it is. */
export function describeProblem(message: string, read: ReadText): string {
  const parsed = parseProblem(message);
  if (!parsed) return message;
  const { code, values } = parsed;
  const [file = "", ...keys] = code.split(".");
  const said =
    typeof values.problem === "string" ? { ...values, problem: describeProblem(values.problem, read) } : values;
  return read(file as ProblemFile, keys.join("."), said);
}

/** The same for what is wrong with each field. */
export function describeProblems(
  problems: Readonly<Record<string, readonly string[]>>,
  read: ReadText,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(problems).map(([field, messages]) => [
      field,
      messages.map((message) => describeProblem(message, read)),
    ]),
  );
}
