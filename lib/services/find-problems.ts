import type { z } from "zod";

type Found<Schema extends z.ZodType> =
  | { data: z.output<Schema>; problems: null }
  | { data: null; problems: Record<string, string[]> };

/** What is wrong with an input, by field; the parsed input if nothing is. For the browser too. */
export function findProblems<Schema extends z.ZodType>(schema: Schema, input: unknown): Found<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return { data: result.data, problems: null };
  const problems: Record<string, string[]> = {};
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? "form");
    const messages = problems[field] ?? [];
    if (!messages.includes(issue.message)) problems[field] = [...messages, issue.message];
  }
  return { data: null, problems };
}
