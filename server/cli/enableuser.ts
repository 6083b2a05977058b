import { runCommand } from "../run-command";
import { findNamedUser, inPlainWords, readCommandLine } from "./command-options";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run enableuser -- USER [options]

Enables a disabled user again: a username, an e-mail address or an ID. Ended sessions and tokens stay ended.

  --json                 print one JSON object, for scripts
  --help                 print this help`;

const options = { json: { type: "boolean" } } as const;

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
        const { enableUser } = await import("@/lib/services/users/manage/disable-users");
        const { id, username } = await findNamedUser(name);
        await enableUser(systemContext(), { id });
        return { id, username };
      }),
    );
    console.log(values.json ? JSON.stringify(user) : `${user.username} is enabled now.`);
  });
