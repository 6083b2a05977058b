import { text } from "node:stream/consumers";
import { UserError } from "../user-error";
import { createPrompter } from "./prompter";

/** `echo`, an editor or a file ends a secret with a line end that belongs to no secret: one is left out. */
export function dropLineEnd(secret: string): string {
  return secret.replace(/\r?\n$/, "");
}

/** The name that stands for standard input in place of a secret. */
export const standardInput = "-";

/**
 * A secret for a command: what stands on the command line, which other users of the machine can read while it runs; for
 * `-` what comes from standard input; or else what the environment variable holds.
 */
export async function readSecret(
  given: string | undefined,
  { variable, question }: { variable: string; question: string },
): Promise<string | undefined> {
  if (given === standardInput) return readStandardInput(question);
  const secret = given ?? dropLineEnd(process.env[variable] ?? "");
  return secret === "" && given === undefined ? undefined : secret;
}

async function readStandardInput(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    const secret = dropLineEnd(await text(process.stdin));
    if (secret === "") throw new UserError("Standard input holds no secret.");
    return secret;
  }
  // Standard output belongs to the result, which scripts read.
  const prompter = createPrompter(process.stdin, process.stderr as unknown as typeof process.stdout);
  try {
    return await prompter.ask(question, { hidden: true });
  } finally {
    prompter.close();
  }
}
