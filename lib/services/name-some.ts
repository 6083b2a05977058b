import { type ProblemCode, problem } from "@/lib/messages/problem";

const mostNamed = 5;

/** A problem that names some of them, and says how many others there are: `{names}` and `{others}`. */
export function nameSome(names: readonly string[], code: ProblemCode): string {
  const named = names.slice(0, mostNamed).map((name) => name.slice(0, 100));
  return problem(code, { names: named.join(", "), others: names.length - named.length });
}
