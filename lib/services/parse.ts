import type { z } from "zod";
import { ValidationError } from "./errors";
import { findProblems } from "./find-problems";

/**
 * Parses input.
 * @throws ValidationError with the problems by field
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const { data, problems } = findProblems(schema, input);
  if (problems) throw new ValidationError(problems);
  return data;
}
