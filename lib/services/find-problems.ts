import type { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { isStorable, toStorable } from "@/lib/storable-text";

type Found<Schema extends z.ZodType> =
  | { data: z.output<Schema>; problems: null }
  | { data: null; problems: Record<string, string[]> };

/**
 * What is wrong with an input, by field; the parsed input if nothing is. For the browser too. Text that PostgreSQL
 * can't store is wrong in any field, whether or not its own rule says so: it couldn't even be compared there.
 */
export function findProblems<Schema extends z.ZodType>(schema: Schema, input: unknown): Found<Schema> {
  const result = schema.safeParse(input);
  if (result.success) {
    const refused = findUnstorable(input);
    return refused ? { data: null, problems: refused } : { data: result.data, problems: null };
  }
  const problems: Record<string, string[]> = {};
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? "form");
    const messages = problems[field] ?? [];
    if (!messages.includes(issue.message)) problems[field] = [...messages, issue.message];
  }
  return { data: null, problems };
}

function findUnstorable(input: unknown): Record<string, string[]> | null {
  const fields = Object.entries(Object(input)).filter(([, value]) => hasUnstorable(value));
  if (fields.length === 0) return null;
  return Object.fromEntries(fields.map(([name]) => [toStorable(name), [problem("fieldProblems.hidden")]]));
}

function hasUnstorable(value: unknown): boolean {
  if (typeof value === "string") return !isStorable(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, member]) => !isStorable(name) || hasUnstorable(member));
}
