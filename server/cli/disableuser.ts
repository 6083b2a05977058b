import { runCommand } from "../run-command";
import { findNamedUser, inPlainWords, readCommandLine } from "./command-options";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run disableuser -- USER [options]

Disables a user (a username, an e-mail address or an ID) and ends all sessions, tokens and pending requests at once.

  --reason TEXT          shown to those who manage users
  --json                 print one JSON object, for scripts
  --help                 print this help`;

const options = { reason: { type: "string" }, json: { type: "boolean" } } as const;

export const main = (args: string[]) =>
  runCommand(async () => {
    const { values, names } = readCommandLine(args, { usage, options, names: ["USER"] });
    if (values.help) {
      console.log(usage);
      return;
    }
    const [name = ""] = names;
    const user = await withDatabase(() =>
      inPlainWords(async () => {
        const { systemContext } = await import("@/lib/services/context");
        const { disableUser } = await import("@/lib/services/users/manage/disable-users");
        const { id, username } = await findNamedUser(name);
        await disableUser(systemContext(), { id, reason: values.reason ?? "" });
        return { id, username };
      }),
    );
    console.log(values.json ? JSON.stringify(user) : `${user.username} is disabled now.`);
  });
