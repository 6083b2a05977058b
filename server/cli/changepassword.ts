import { runCommand } from "../run-command";
import { UserError } from "../user-error";
import { findNamedUser, inPlainWords, readCommandLine } from "./command-options";
import { passwordHelp, readNewPassword } from "./user-password";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run changepassword -- USER [options]

Sets the password of a user: a username, an e-mail address or an ID. It ends all sessions of the user, and everything
that applications hold for them. ${passwordHelp}

  --require-change       the next sign-in asks for another password
  --password -           read the password from standard input
  --json                 print one JSON object, for scripts
  --help                 print this help`;

const options = {
  "require-change": { type: "boolean" },
  password: { type: "string" },
  json: { type: "boolean" },
} as const;

export const main = (args: string[]) =>
  runCommand(async () => {
    const { values, names } = readCommandLine(args, { usage, options, names: ["USER"] });
    if (values.help) {
      console.log(usage);
      return;
    }
    const password = await readNewPassword(values.password);
    if (password === undefined) throw new UserError(`There is no password.\n\n${usage}`);
    const [name = ""] = names;
    const user = await withDatabase(() =>
      inPlainWords(async () => {
        const { systemContext } = await import("@/lib/services/context");
        const { setPassword } = await import("@/lib/services/users/set-password");
        const { id, username } = await findNamedUser(name);
        await setPassword(systemContext(), { id, password, changeRequired: values["require-change"] ?? false });
        return { id, username };
      }),
    );
    console.log(values.json ? JSON.stringify(user) : `Password of ${user.username} changed successfully.`);
  });
