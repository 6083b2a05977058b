import { UserError } from "../user-error";
import { createPrompter } from "./prompter";
import { readSecret, standardInput } from "./secret-input";

/** For usage texts. */
export const passwordHelp = `The password comes from the environment variable USER_PASSWORD, or with --password - from standard input; never from the
command line, which other users of the machine can read. In a terminal it is asked for otherwise.`;

/** A new password: given, or typed twice. Undefined if there is nobody to ask. */
export async function readNewPassword(given: string | undefined): Promise<string | undefined> {
  if (given !== undefined && given !== standardInput) {
    throw new UserError("Error: --password takes only -, for standard input. Set USER_PASSWORD instead.");
  }
  const password = await readSecret(given, { variable: "USER_PASSWORD", question: "Password: " });
  if (password !== undefined || !process.stdin.isTTY) return password;
  // Standard output is for the result, which scripts read.
  const prompter = createPrompter(process.stdin, process.stderr as unknown as typeof process.stdout);
  try {
    for (;;) {
      const typed = await prompter.ask("Password: ", { hidden: true });
      if (typed === (await prompter.ask("Password (again): ", { hidden: true }))) return typed;
      console.error("Error: Your passwords didn't match.");
    }
  } finally {
    prompter.close();
  }
}
