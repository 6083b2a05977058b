import type { Wire } from "../wire";
import type { Verb } from "./verbs";

/** The use cases that have answered so far, by name. */
export const answered = new Set<string>();

/** The same use case; its answer, written as JSON, must match its declared output. */
export function checkAnswers(name: string, verb: Verb, { output }: Wire): Verb {
  if (!output) return verb;
  return async (...args) => {
    const answer = await verb(...args);
    output.parse(JSON.parse(JSON.stringify(answer)));
    answered.add(name);
    return answer;
  };
}
