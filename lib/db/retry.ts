import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { isConflict } from "@/lib/database-errors";

/**
 * Two that conflicted must not conflict again: each waits for a random part of this, which doubles. In milliseconds.
 */
const firstPause = 10;
const attempts = 4;

/**
 * Runs a transaction again if PostgreSQL rolled it back because of another one (40001 serialization_failure, 40P01
 * deadlock_detected): it had no effect, so repeating it is safe. `work` must be all or nothing.
 */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || !isConflict(error)) throw error;
      await sleep(Math.random() * firstPause * 2 ** attempt);
    }
  }
}

/** The store with every method run by `retryConflicts`: each of them is one statement or one transaction. */
export function retrying<Store extends object>(store: Store): Store {
  const wrapped = Object.entries(store).map(([name, method]) => [
    name,
    (...args: unknown[]) => retryConflicts(() => method(...args)),
  ]);
  return Object.fromEntries(wrapped) as Store;
}
