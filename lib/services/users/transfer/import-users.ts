import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { requirePermission, type ServiceContext } from "../../context";
import { ValidationError } from "../../errors";
import type { Returned, Sent, Wire } from "../../wire";
import { importedUser, type ParsedUser, parseImportedUser, type RowProblem, rowProblem } from "./imported-user";
import { insertImportedUsers, isTakenMeanwhile } from "./insert-imported-users";
import { findTakenNames, NamesOfFile } from "./taken-names";

/** More rows are sent in several calls. */
export const mostRows = 10_000;

/** Rows of one transaction: few enough that it takes a moment. */
const batchSize = 100;

/** How often a batch is checked again because others have taken one of its names meanwhile. */
const mostAttempts = 5;

export const importUsersWire = {
  input: z.object({
    rows: z.array(importedUser).max(mostRows),
    /** Checks everything and creates nobody. */
    dryRun: z.boolean(),
  }),
  output: z.strictObject({
    /** Users that were created, or would be. */
    created: z.int(),
    /** Rows that can't be imported, and why. All others were created, or would be. */
    refused: z.array(z.strictObject({ row: z.int(), username: z.string(), problems: z.array(rowProblem) })),
  }),
} satisfies Wire;

export type ImportReport = Returned<typeof importUsersWire>;

interface Candidate {
  /** From 1. */
  row: number;
  user: ParsedUser;
}

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
  const report: ImportReport = { created: 0, refused: [] };
  const names = new NamesOfFile();
  for (let start = 0; start < rows.length; start += batchSize) {
    const candidates: Candidate[] = [];
    rows.slice(start, start + batchSize).forEach((sent, index) => {
      const row = start + index + 1;
      const parsed = parseImportedUser(sent);
      const problems = Array.isArray(parsed) ? parsed : names.add(row, parsed);
      if (problems.length > 0) report.refused.push({ row, username: sent.username, problems });
      else if (!Array.isArray(parsed)) candidates.push({ row, user: parsed });
    });
    const { created, refused } = await importBatch(context, candidates, dryRun);
    report.created += created;
    for (const { row, user, problems } of refused) report.refused.push({ row, username: user.username, problems });
  }
  report.refused.sort((one, other) => one.row - other.row);
  return report;
}

interface Refused extends Candidate {
  problems: RowProblem[];
}

async function importBatch(
  context: ServiceContext,
  candidates: readonly Candidate[],
  dryRun: boolean,
): Promise<{ created: number; refused: Refused[] }> {
  for (let attempt = 1; ; attempt++) {
    const taken = await findTakenNames(candidates.map(({ user }) => user));
    const checked = candidates.map((candidate) => ({ ...candidate, problems: taken.problemsOf(candidate.user) }));
    const refused = checked.filter(({ problems }) => problems.length > 0);
    const good = checked.filter(({ problems }) => problems.length === 0).map(({ user }) => user);
    if (dryRun || good.length === 0) return { created: good.length, refused };
    try {
      await insertImportedUsers(context, good, taken.groupIds);
      return { created: good.length, refused };
    } catch (error) {
      if (!isTakenMeanwhile(error) || attempt === mostAttempts) throw error;
    }
  }
}
