import { text } from "node:stream/consumers";
import { UserError } from "../user-error";
import { createPrompter } from "./prompter";

/** `echo`, editors and files end a secret with a line break that isn't part of it: one is dropped. */
export function dropLineEnd(secret: string): string {
  return secret.replace(/\r?\n$/, "");
}

/** Stands for standard input in place of a secret. */
export const standardInput = "-";

/**
 * A secret for a command: from the command line, where other users of the machine can read it while the command runs;
 * with `-` from standard input; otherwise from the environment variable.
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
    if (secret === "") throw new UserError("Standard input is empty: it must contain the secret.");
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
