import "server-only";
import { isRefusedByDatabase } from "@/lib/database-errors";
import { problem } from "@/lib/messages/problem";
import { toStorable } from "@/lib/storable-text";
import type { ServiceContext, Transaction } from "../../context";
import { findKnownAttributes, type KnownAttributes } from "./imported-attributes";
import { type ImportedUser, type ParsedUser, parseImportedUser } from "./imported-user";
import { insertImportedUsers } from "./insert-imported-users";
import { type RowProblem, toRowProblem } from "./row-problem";
import { findTakenNames, NamesOfFile } from "./taken-names";

/** Rows of one transaction: few enough that it takes a moment. */
const batchSize = 100;

/** How often rows are checked again because others have taken one of their names meanwhile. */
const mostAttempts = 3;

interface RefusedRow {
  /** From 1. */
  row: number;
  username: string;
  problems: RowProblem[];
}

/** How far an import has come. What it says of the rows before `rowsDone` is final. */
export interface ImportProgress {
  rowsDone: number;
  created: number;
  refused: RefusedRow[];
}

export const noProgress: ImportProgress = { rowsDone: 0, created: 0, refused: [] };

interface ImportRun {
  /** Creates nobody. */
  dryRun: boolean;
  /** Stores, in the transaction that creates users, what is reached with it. */
  record?: (tx: Transaction, progress: ImportProgress) => Promise<void>;
}

interface CheckedRow extends RefusedRow {
  /** Null: it has problems. */
  user: ParsedUser | null;
}

/** Imports these rows from `progress` on, in transactions of a hundred, and yields what is reached after each. */
export async function* importRows(
  context: ServiceContext,
  rows: readonly ImportedUser[],
  progress: ImportProgress,
  run: ImportRun,
): AsyncGenerator<ImportProgress> {
  const checked = checkRows(rows, await findKnownAttributes(rows));
  let reached = progress;
  for (let start = progress.rowsDone; start < checked.length; start += batchSize) {
    for await (reached of importRange(context, checked.slice(start, start + batchSize), reached, run)) yield reached;
  }
}

function checkRows(rows: readonly ImportedUser[], known: KnownAttributes): CheckedRow[] {
  const names = new NamesOfFile();
  return rows.map((sent, index) => {
    const row = index + 1;
    const username = toStorable(sent.username);
    const parsed = parseImportedUser(sent, known);
    const problems = Array.isArray(parsed) ? parsed : names.add(row, parsed);
    return { row, username, problems, user: Array.isArray(parsed) || problems.length > 0 ? null : parsed };
  });
}

/** Rows that PostgreSQL refuses together are tried in halves, so that the one that it refuses is found. */
async function* importRange(
  context: ServiceContext,
  range: readonly CheckedRow[],
  progress: ImportProgress,
  run: ImportRun,
): AsyncGenerator<ImportProgress> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const reached = await tryRange(context, range, progress, run);
    if (reached) return yield reached;
  }
  if (range.length === 1) {
    const problems = [toRowProblem("username", problem("consoleProblems.import.changedMeanwhile"))];
    return yield advance(progress, { created: 0, rows: range.map((row) => ({ ...row, problems })) });
  }
  let reached = progress;
  const middle = Math.ceil(range.length / 2);
  for (const half of [range.slice(0, middle), range.slice(middle)]) {
    for await (reached of importRange(context, half, reached, run)) yield reached;
  }
}

/** Null: PostgreSQL has refused some of them, because others have changed something meanwhile. */
async function tryRange(
  context: ServiceContext,
  range: readonly CheckedRow[],
  progress: ImportProgress,
  { dryRun, record }: ImportRun,
): Promise<ImportProgress | null> {
  const taken = await findTakenNames(range.flatMap(({ user }) => user ?? []));
  const rows = range.map((row) => (row.user ? { ...row, problems: taken.problemsOf(row.user) } : row));
  const good = rows.flatMap(({ user, problems }) => (user && problems.length === 0 ? user : []));
  const reached = advance(progress, { created: good.length, rows });
  if (dryRun || good.length === 0) return reached;
  try {
    await insertImportedUsers(context, good, taken.groupIds, async (tx) => record?.(tx, reached));
  } catch (error) {
    if (isRefusedByDatabase(error)) return null;
    throw error;
  }
  return reached;
}

function advance(progress: ImportProgress, done: { created: number; rows: readonly CheckedRow[] }): ImportProgress {
  const refused = done.rows.filter(({ problems }) => problems.length > 0);
  return {
    rowsDone: progress.rowsDone + done.rows.length,
    created: progress.created + done.created,
    refused: [...progress.refused, ...refused.map(({ row, username, problems }) => ({ row, username, problems }))],
  };
}
