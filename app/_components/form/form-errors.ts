import type { FieldError } from "react-hook-form";
import type { z } from "zod";
import { describeProblems, type ReadText } from "@/lib/messages/problem";
import { toSnakeCase } from "@/lib/oauth/wire/spelling";
import { findProblems } from "@/lib/services/find-problems";

/** The errors of a form, by the names of its fields in the HTML. */
export type FormErrors = Record<string, FieldError>;

/**
 * Converts messages by the use case's field names into errors of the form, whose fields have the same names in
 * snake_case; several messages of one field are separate lines.
 */
export function toFormErrors(fieldErrors: Readonly<Record<string, string[]>>): FormErrors {
  return Object.fromEntries(
    Object.entries(fieldErrors).map(([name, messages]) => [
      toSnakeCase(name),
      { type: "rules", message: messages.join("\n") },
    ]),
  );
}

/** Applies the server's own rules to the values of a form. `read` says what is wrong. */
export function findFormErrors(schema: z.ZodType, input: unknown, read: ReadText): FormErrors {
  return toFormErrors(describeProblems(findProblems(schema, input).problems ?? {}, read));
}
