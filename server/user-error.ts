/** A failure that the person at the terminal can mend: shown as its message alone, without a stack trace. */
export class UserError extends Error {
  override name = "UserError";
}

/** Whether an error's message says all: by name, as lib/env.ts has a class of its own. */
export function isPlainError(error: unknown): error is Error {
  return error instanceof Error && ["UserError", "EnvironmentError"].includes(error.name);
}
