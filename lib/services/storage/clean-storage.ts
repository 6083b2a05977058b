import "server-only";
import { deleteExpiredRows, type ExpiringTable, expiringTableNames } from "@/lib/db/expired-rows";

/** Small enough that a statement is over in milliseconds. */
const batchSize = 500;

export interface CleaningOptions {
  tables?: readonly ExpiringTable[];
  /** Batches of a table in one pass: a big backlog is worked off in several. */
  maximumBatches?: number;
  /** Asked between two batches. */
  isStopped?: () => boolean;
}

/** Deletes rows that have ended, table by table in batches. Returns how many went, by table. */
export async function cleanStorage(options: CleaningOptions = {}): Promise<Map<ExpiringTable, number>> {
  const { tables = expiringTableNames, maximumBatches = Number.POSITIVE_INFINITY, isStopped = () => false } = options;
  const deleted = new Map<ExpiringTable, number>();
  for (const table of tables) {
    let count = 0;
    for (let batch = 0; batch < maximumBatches && !isStopped(); batch++) {
      const size = await deleteExpiredRows(table, batchSize);
      count += size;
      if (size < batchSize) break;
    }
    deleted.set(table, count);
  }
  return deleted;
}
