import type { UserSummary } from "@/lib/services/users/manage/list-users";
import { runCommand } from "../run-command";
import { UserError } from "../user-error";
import { inPlainWords, readCommandLine } from "./command-options";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run listusers [-- options]

Lists users, by name.

  --search TEXT          in names and e-mail addresses
  --status STATUS        enabled or disabled
  --json                 print one JSON object to a line, for scripts
  --help                 print this help`;

const options = {
  search: { type: "string" },
  status: { type: "string" },
  json: { type: "boolean" },
} as const;

export const main = (args: string[]) =>
  runCommand(async () => {
    const { values } = readCommandLine(args, { usage, options });
    if (values.help) {
      console.log(usage);
      return;
    }
    const { search, status } = values;
    if (status !== undefined && status !== "enabled" && status !== "disabled") {
      throw new UserError(`The status must be "enabled" or "disabled", not "${status}".`);
    }
    await withDatabase(() =>
      inPlainWords(async () => {
        const { systemContext } = await import("@/lib/services/context");
        const { listUsers } = await import("@/lib/services/users/manage/list-users");
        let after: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof listUsers>> = await listUsers(systemContext(), {
            ...(search ? { q: search } : {}),
            ...(status ? { status } : {}),
            ...(after ? { after } : {}),
          });
          for (const user of page.users) console.log(values.json ? JSON.stringify(user) : toLine(user));
          after = page.next;
        } while (after);
      }),
    );
  });

function toLine({ username, email, portalRole, disabled }: UserSummary): string {
  return [username, email, ...(portalRole ? [portalRole] : []), ...(disabled ? ["disabled"] : [])].join("  ");
}
