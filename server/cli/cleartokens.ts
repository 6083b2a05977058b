import { runCommand } from "../run-command";
import { UserError } from "../user-error";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run cleartokens

Deletes expired codes, tokens, requests and sessions in small batches, and prints how many.
A running server does the same in the background.`;

export const main = (args: string[]) =>
  runCommand(async () => {
    if (args.includes("--help")) {
      console.log(usage);
      return;
    }
    if (args.length > 0) throw new UserError(usage);
    const deleted = await withDatabase(async () => {
      const { systemContext } = await import("@/lib/services/context");
      const { cleanStorage } = await import("@/lib/services/storage/clean-storage");
      return cleanStorage(systemContext());
    });
    for (const [table, count] of deleted) console.log(`${String(count).padStart(8)}  ${table}`);
  });
