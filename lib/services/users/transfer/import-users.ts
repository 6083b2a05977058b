import "server-only";
import { z } from "zod";
import { log } from "@/lib/log";
import { problem } from "@/lib/messages/problem";
import { requirePermission, type ServiceContext } from "../../context";
import { ValidationError } from "../../errors";
import type { Returned, Sent, Wire } from "../../wire";
import { type ImportProgress, importRows, noProgress } from "./import-rows";
import { importedUser } from "./imported-user";
import { rowProblem } from "./row-problem";

/** More rows are sent in several calls. */
export const mostRows = 10_000;

export const importReport = z.strictObject({
  /** Users that were created, or would be. */
  created: z.int(),
  /** Rows that can't be imported, and why. All others were created, or would be. */
  refused: z.array(z.strictObject({ row: z.int(), username: z.string(), problems: z.array(rowProblem) })),
});

export const importUsersWire = {
  input: z.object({
    rows: z.array(importedUser).max(mostRows),
    /** Checks everything and creates nobody. */
    dryRun: z.boolean(),
  }),
  output: importReport.extend({
    /** Null: all rows were dealt with. Else the first that wasn't, because the database failed. */
    stoppedAt: z.int().nullable(),
  }),
} satisfies Wire;

export type ImportReport = Returned<typeof importUsersWire>;

/**
 * Creates the users of these rows, in transactions of a hundred; rows with a problem are left out and reported. So a
 * file that was imported in part can simply be imported again.
 * @throws ValidationError if there are too many rows
 */
export async function importUsers(
  context: ServiceContext,
  { rows, dryRun }: Sent<typeof importUsersWire>,
): Promise<ImportReport> {
  requirePermission(context, "users:write");
  if (rows.some(({ groups = [] }) => groups.length > 0)) requirePermission(context, "groups:write");
  if (rows.length > mostRows)
    throw new ValidationError({ rows: [problem("consoleProblems.users.mostRows", { maximum: mostRows })] });
  let progress = noProgress;
  try {
    for await (progress of importRows(context, rows, progress, { dryRun }));
  } catch (error) {
    // Nothing was stored: it failed as a whole.
    if (progress.rowsDone === 0) throw error;
    log().error({ err: error, rowsDone: progress.rowsDone }, "an import of users has stopped");
    return { ...toReport(progress), stoppedAt: progress.rowsDone + 1 };
  }
  return { ...toReport(progress), stoppedAt: null };
}

export function toReport({ created, refused }: ImportProgress): Omit<ImportReport, "stoppedAt"> {
  return { created, refused };
}
