import type { FieldError } from "react-hook-form";
import type { z } from "zod";
import type { FormErrors } from "@/app/_components/form/form-errors";
import { describeProblems, type ReadText } from "@/lib/messages/problem";
import { applicationSchema, clientIdSchema } from "@/lib/services/applications/settings/application-schema";
import { findProblems } from "@/lib/services/find-problems";
import type { ApplicationValues } from "./application-fields";
import { toApplicationInput } from "./application-input";
import { toFormErrors } from "./application-values";

export interface ApplicationRules {
  /** The server's development option for plain http redirect URIs. */
  allowHttp: boolean;
  /** The schemes without a dot that the user may give an app. */
  privateSchemes: readonly string[] | "any";
  /** Whether the form has the client ID, which can't be changed later. */
  withClientId: boolean;
}

/** Checks the form in the browser with the same rules as the server. `read` says what is wrong. */
export function checkApplication(values: ApplicationValues, rules: ApplicationRules, read: ReadText): FormErrors {
  const find = (schema: z.ZodType, input: unknown) =>
    describeProblems(findProblems(schema, input).problems ?? {}, read);
  const ofClientId = rules.withClientId ? Object.values(find(clientIdSchema, values.client_id)).flat() : [];
  return {
    ...(ofClientId.length > 0 ? { client_id: toError(ofClientId) } : {}),
    ...toApplicationErrors(find(applicationSchema(rules), toApplicationInput(values))),
  };
}

/**
 * Converts messages by the use case's field names into errors of the form; several messages of one field are separate
 * lines.
 */
export function toApplicationErrors(fieldErrors: Readonly<Record<string, string[]>>): FormErrors {
  return Object.fromEntries(toFormErrors(fieldErrors).map(([name, messages]) => [name, toError(messages)]));
}

function toError(messages: string[]): FieldError {
  return { type: "rules", message: messages.join("\n") };
}
