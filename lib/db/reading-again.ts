import "server-only";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { isConnectionLost } from "@/lib/database-errors";

const changing = /\b(INSERT|UPDATE|DELETE|MERGE|INTO|CALL|NEXTVAL|SETVAL|SET_CONFIG|PG_[A-Z_]+)\b/i;

/** Whether a statement changes nothing, so that it makes no difference how often it runs. */
export function isSafeRead(sql: string): boolean {
  return /^\s*(SELECT|WITH)\b/i.test(sql) && !changing.test(sql);
}

/**
 * The adapter with one retry after a lost connection, for what can't have had an effect: a read outside of a
 * transaction, and the beginning of one. A database that fails over breaks all connections and accepts new ones soon
 * after.
 */
export function readingAgain<Adapter extends SqlDriverAdapter>(adapter: Adapter): Adapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  const startTransaction = adapter.startTransaction.bind(adapter);
  return Object.assign(adapter, {
    queryRaw: (query: Parameters<typeof queryRaw>[0]) =>
      isSafeRead(query.sql) ? twice(() => queryRaw(query)) : queryRaw(query),
    startTransaction: (level: Parameters<typeof startTransaction>[0]) => twice(() => startTransaction(level)),
  });
}

async function twice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    return work();
  }
}
