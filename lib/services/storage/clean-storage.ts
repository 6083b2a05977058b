import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { deleteExpiredRows, type ExpiringTable, expiringTableNames } from "@/lib/db/expired-rows";
import type { ServiceContext } from "../context";

/**
 * After this many batches of one table the others get their turn, so that a constant supply of rows can't delay them.
 */
const batchesInTurn = 20;

export interface CleaningOptions {
  tables?: readonly ExpiringTable[];
  /** Pauses after each batch for as long as it took, so that at least half of the time is left to requests. */
  gently?: boolean;
  /** Called between two batches. */
  isStopped?: () => boolean;
}

/** Deletes expired rows, in batches, until none are left. Returns how many were deleted, by table. */
export async function cleanStorage(
  context: ServiceContext,
  options: CleaningOptions = {},
): Promise<Map<ExpiringTable, number>> {
  const { tables = expiringTableNames, gently = false, isStopped = () => false } = options;
  const deleted = new Map<ExpiringTable, number>(tables.map((table) => [table, 0]));
  let left = tables;
  while (left.length > 0 && !isStopped()) {
    const unfinished: ExpiringTable[] = [];
    for (const table of left) {
      const turn = await cleanTable(context, table, { gently, isStopped });
      deleted.set(table, (deleted.get(table) ?? 0) + turn.deleted);
      if (!turn.isLast) unfinished.push(table);
    }
    left = unfinished;
  }
  return deleted;
}

async function cleanTable(
  { settings }: ServiceContext,
  table: ExpiringTable,
  { gently, isStopped }: Required<Pick<CleaningOptions, "gently" | "isStopped">>,
): Promise<{ deleted: number; isLast: boolean }> {
  let deleted = 0;
  for (let batch = 0; batch < batchesInTurn && !isStopped(); batch++) {
    const startedAt = performance.now();
    const done = await deleteExpiredRows(table, settings);
    deleted += done.deleted;
    if (done.isLast) return { deleted, isLast: true };
    if (gently) await sleep(performance.now() - startedAt);
  }
  return { deleted, isLast: false };
}
