import { type ProblemCode, type ProblemValues, problem } from "@/lib/messages/problem";

/** What is wrong with a variable, alone or together with others. */
export interface VariableProblem {
  /** The variable to change. */
  name: string;
  /** In English, beginning with the name: for the log and for who starts the server. */
  line: string;
  /** The same as a problem, for the screen of settings; null if the variable is not on it. */
  reason: string | null;
}

/** Between a sentence and its problem, in what a schema has for a message. */
const separator = "\u001e";

/** A message of a schema: the sentence follows the variable's name, the problem is said in the reader's language. */
export function wrong(sentence: string, code: ProblemCode, values: ProblemValues = {}): string {
  return sentence + separator + problem(code, values);
}

/** `message` may be a sentence alone. */
export function toVariableProblem(name: string, message: string): VariableProblem {
  const [sentence = "", reason = null] = message.split(separator);
  return { name, line: `${name} ${sentence}`, reason };
}
