import { describeDatabaseFault } from "./database/database-faults";

/** A failure that the person at the terminal can mend: shown as its message alone, without a stack trace. */
export class UserError extends Error {
  override name = "UserError";
}

/** Whether an error's message says all: by name, as lib/env.ts and the set-up have classes of their own. */
function isPlainError(error: unknown): error is Error {
  return error instanceof Error && ["UserError", "EnvironmentError", "SetupError"].includes(error.name);
}

/** What to print when a start or a command fails: one sentence where that says all, else the error with its trace. */
export function describeFailure(error: unknown): unknown {
  if (isPlainError(error)) return error.message;
  const fault = describeDatabaseFault(error);
  return fault ? `${fault.message}.` : error;
}
