import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { inEnglish } from "@/lib/messages/english-problems";
import { describeProblem } from "@/lib/messages/problem";
import type { ImportReport } from "@/lib/services/users/transfer/import-users";
import { runCommand } from "../run-command";
import { UserError } from "../user-error";
import { inPlainWords, readCommandLine } from "./command-options";
import { standardInput } from "./secret-input";
import { withDatabase } from "./with-database";

const usage = `Usage: npm run importusers -- FILE [options]

Creates the users in a CSV or JSON file; "-" is standard input. Rows with a problem are left out and listed; the command then
ends with status 2, or with 1 if it stops before the last row. docs/import-export.md describes the columns.

  --dry-run              check everything and create nobody
  --json                 print one JSON object, for scripts
  --help                 print this help`;

const options = { "dry-run": { type: "boolean" }, json: { type: "boolean" } } as const;

export const main = (args: string[]) =>
  runCommand(async () => {
    const { values, names } = readCommandLine(args, { usage, options, names: ["FILE"] });
    if (values.help) {
      console.log(usage);
      return;
    }
    const dryRun = values["dry-run"] ?? false;
    const content = await readContent(names[0] ?? "");
    const report = await withDatabase(() => inPlainWords(() => importAll(content, dryRun)));
    const { created, refused, stoppedAt } = report;
    if (refused.length > 0) process.exitCode = 2;
    if (stoppedAt !== null) process.exitCode = 1;
    if (values.json) {
      console.log(JSON.stringify({ created, dry_run: dryRun, refused, stopped_at: stoppedAt }));
      return;
    }
    for (const { row, username, problems } of refused) {
      const reasons = problems.map(({ field, message }) => `${field}: ${message}`).join(" ");
      console.log(`Row ${row} (${username}): ${reasons}`);
    }
    const outcome = dryRun ? "would be created" : "created";
    console.log(`${created} users ${outcome}, ${refused.length} rows refused.`);
    if (stoppedAt !== null) {
      console.error(`The database failed: rows from ${stoppedAt} on were not imported. Import the same file again.`);
    }
  });

async function readContent(file: string): Promise<string> {
  if (file === standardInput) return text(process.stdin);
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`The file can't be read: ${(error as Error).message}`);
  }
}

async function importAll(content: string, dryRun: boolean): Promise<ImportReport> {
  const { systemContext } = await import("@/lib/services/context");
  const { importUsers, mostRows } = await import("@/lib/services/users/transfer/import-users");
  const { readUserFile, UnreadableFileError } = await import("@/lib/services/users/transfer/read-user-file");
  const total: ImportReport = { created: 0, refused: [], stoppedAt: null };
  try {
    const rows = readUserFile(content);
    for (let start = 0; start < rows.length && total.stoppedAt === null; start += mostRows) {
      const sent = { rows: rows.slice(start, start + mostRows), dryRun };
      const part = await importUsers(systemContext(), sent).catch((error: unknown) => {
        if (start === 0) throw error;
        return { created: 0, refused: [], stoppedAt: 1 };
      });
      total.created += part.created;
      total.refused.push(...part.refused.map((refused) => ({ ...refused, row: start + refused.row })));
      if (part.stoppedAt !== null) total.stoppedAt = start + part.stoppedAt;
    }
  } catch (error) {
    if (error instanceof UnreadableFileError)
      throw new UserError(`Error: ${describeProblem(error.message, inEnglish)}`);
    throw error;
  }
  return total;
}
