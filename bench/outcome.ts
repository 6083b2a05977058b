/** The observations of an experiment. */
export interface Outcome {
  experiment: string;
  rule: string;
  requests: number;
  /** How often each answer was given: a status, with the error if there is one. */
  answers: Map<string, number>;
  violations: string[];
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export async function post(base: string, path: string, fields: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${base}${path}`, { method: "POST", body: new URLSearchParams(fields) });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
}

/** Counts an answer under its wire values. */
export function tally(outcome: Outcome, { status, body }: Answer): void {
  const name = status === 200 ? "200" : `${status} ${body.error}`;
  outcome.requests += 1;
  outcome.answers.set(name, (outcome.answers.get(name) ?? 0) + 1);
}

export function print({ experiment, rule, requests, answers, violations }: Outcome, seconds: number) {
  const counts = [...answers].sort(([, a], [, b]) => b - a).map(([answer, count]) => `${count} × ${answer}`);
  console.log(`\n${experiment}: ${rule}`);
  console.log(`  ${requests} requests in ${seconds.toFixed(1)} s: ${counts.join(", ")}`);
  console.log(violations.length === 0 ? "  held" : `  BROKEN ${violations.length} times: ${violations[0]}`);
}
