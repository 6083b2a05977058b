import type { FieldError } from "react-hook-form";
import type { FormErrors } from "@/app/_components/form/form-errors";
import { applicationSchema, clientIdSchema } from "@/lib/services/applications/settings/application-schema";
import { ValidationError } from "@/lib/services/errors";
import { parseInput } from "@/lib/services/parse";
import type { ApplicationFieldName, ApplicationValues } from "./application-fields";
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

/** Checks the form in the browser with the same rules as the server. */
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
