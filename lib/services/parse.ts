import type { z } from "zod";
import { ValidationError } from "./errors";

/**
 * Parses input.
 * @throws ValidationError with the messages by field
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fieldErrors: Record<string, string[]> = {};
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? "form");
    const messages = fieldErrors[field] ?? [];
    if (!messages.includes(issue.message)) fieldErrors[field] = [...messages, issue.message];
  }
  throw new ValidationError(fieldErrors);
}
