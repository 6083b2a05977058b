import { describeDatabaseFault } from "./database/database-faults";

/** A failure that the operator can fix: shown as its message alone, without a stack trace. */
export class UserError extends Error {
  override name = "UserError";
}

/** Whether an error's message says everything: by name, because lib/env.ts and the setup have their own classes. */
function isPlainError(error: unknown): error is Error {
  return error instanceof Error && ["UserError", "EnvironmentError", "SetupError"].includes(error.name);
}

/**
 * What to print if a start or a command fails: its message if that says everything, otherwise the error with its trace.
 */
export function describeFailure(error: unknown): unknown {
  if (isPlainError(error)) return error.message;
  const fault = describeDatabaseFault(error);
  return fault ? `${fault.message}.` : error;
}
