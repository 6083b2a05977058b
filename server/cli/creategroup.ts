import { runCommand } from "../run-command";
import { inPlainWords, readCommandLine } from "./command-options";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run creategroup -- NAME [options]

Creates a group.

  --description TEXT     for those who manage users
  --json                 print one JSON object, for scripts
  --help                 print this help`;

const options = { description: { type: "string" }, json: { type: "boolean" } } as const;

export const main = (args: string[]) =>
  runCommand(async () => {
    const { values, names } = readCommandLine(args, { usage, options, names: ["NAME"] });
    if (values.help) {
      console.log(usage);
      return;
    }
    const [name = ""] = names;
    const { id } = await withDatabase(() =>
      inPlainWords(async () => {
        const { systemContext } = await import("@/lib/services/context");
        const { createGroup } = await import("@/lib/services/groups/create-group");
        return createGroup(systemContext(), { name, description: values.description ?? "" });
      }),
    );
    console.log(values.json ? JSON.stringify({ id, name }) : "Group created successfully.");
  });
