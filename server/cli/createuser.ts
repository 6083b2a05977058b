import { runCommand } from "../run-command";
import { UserError } from "../user-error";
import { inPlainWords, readCommandLine } from "./command-options";
import { passwordHelp, readNewPassword } from "./user-password";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run createuser -- --username NAME --email ADDRESS [options]

Creates a user without a portal role. ${passwordHelp}
Without any password one is created and printed once.

  --name NAME            the full name
  --email-verified       the address is known to be the user's
  --require-change       the first sign-in asks for another password; always so for one that is created
  --password -           read the password from standard input
  --json                 print one JSON object, for scripts
  --help                 print this help`;

const options = {
  username: { type: "string" },
  email: { type: "string" },
  name: { type: "string" },
  "email-verified": { type: "boolean" },
  "require-change": { type: "boolean" },
  password: { type: "string" },
  json: { type: "boolean" },
} as const;

export const main = (args: string[]) =>
  runCommand(async () => {
    const { values } = readCommandLine(args, { usage, options });
    if (values.help) {
      console.log(usage);
      return;
    }
    const { username, email, name } = values;
    if (!username || !email) throw new UserError(`--username and --email are required.\n\n${usage}`);
    const password = await readNewPassword(values.password);
    const user = await withDatabase(() =>
      inPlainWords(async () => {
        const { systemContext } = await import("@/lib/services/context");
        const { createUser } = await import("@/lib/services/users/manage/create-user");
        return createUser(systemContext(), {
          username,
          email,
          ...(name ? { name } : {}),
          emailVerified: values["email-verified"] ?? false,
          ...(password === undefined ? {} : { password, passwordChangeRequired: values["require-change"] ?? false }),
        });
      }),
    );
    if (values.json) {
      const { id, temporaryPassword } = user;
      console.log(JSON.stringify({ id, username, ...(temporaryPassword ? { password: temporaryPassword } : {}) }));
      return;
    }
    console.log("User created successfully.");
    if (user.temporaryPassword) {
      console.log(`password: ${user.temporaryPassword}`);
      console.log("It won't be shown again. The first sign-in asks for another one.");
    }
  });
