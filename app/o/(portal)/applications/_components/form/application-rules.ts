import type { FieldError } from "react-hook-form";
import type { FormErrors } from "@/app/_components/form/form-errors";
import { applicationSchema, clientIdSchema } from "@/lib/services/applications/settings/application-schema";
import { ValidationError } from "@/lib/services/errors";
import { parseInput } from "@/lib/services/parse";
import type { ApplicationFieldName, ApplicationValues } from "./application-fields";
import { toApplicationInput } from "./application-input";
import { toFormErrors } from "./application-values";

export interface ApplicationRules {
  /** The server's development switch for plain http redirect URIs. */
  allowHttp: boolean;
  /** The schemes without a dot that the reader may give an app. */
  privateSchemes: readonly string[] | "any";
  /** Whether the form has the client id, which can't be changed later. */
  withClientId: boolean;
}

/** Checks the form in the browser with the very rules that the server applies. */
export function checkApplication(values: ApplicationValues, rules: ApplicationRules): FormErrors {
  return {
    ...(rules.withClientId ? check(() => parseInput(clientIdSchema, values.client_id), "client_id") : {}),
    ...check(() => parseInput(applicationSchema(rules), toApplicationInput(values))),
  };
}

function check(parse: () => unknown, only?: ApplicationFieldName): FormErrors {
  try {
    parse();
    return {};
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return only ? { [only]: toError(Object.values(error.fieldErrors).flat()) } : toApplicationErrors(error.fieldErrors);
  }
}

/** Messages by the use case's field names to errors of the form; several of one field stand on a line each. */
export function toApplicationErrors(fieldErrors: Readonly<Record<string, string[]>>): FormErrors {
  return Object.fromEntries(toFormErrors(fieldErrors).map(([name, messages]) => [name, toError(messages)]));
}

function toError(messages: string[]): FieldError {
  return { type: "rules", message: messages.join("\n") };
}
