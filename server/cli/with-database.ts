import { type ConfiguredDatabase, configure } from "../configure";
import { prepareDatabase } from "../database/prepare-database";
import { onStopSignal } from "../on-stop-signal";
import type { PostgresLease } from "../postgres";

/**
 * Runs a command on this installation's database: the one that a running server uses, or one started for the command.
 * Reports go to standard error.
 */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  const report = (line: string) => console.error(line);
  const interrupted = new AbortController();
  let postgres: PostgresLease | null = null;
  const release = async () => postgres?.release();
  let isStarting = true;
  const stop = () => void release().finally(() => process.exit(130));
  onStopSignal(() => {
    interrupted.abort();
    if (!isStarting) stop();
  });
  let database: ConfiguredDatabase;
  try {
    database = await configure(report, interrupted.signal);
  } catch (error) {
    if (interrupted.signal.aborted) process.exit(130);
    throw error;
  }
  postgres = database.postgres;
  isStarting = false;
  if (interrupted.signal.aborted) stop();
  try {
    await prepareDatabase(database, { report });
    const [{ getClock }, { readTime }, { liftLimits }, { loadSettings }] = await Promise.all([
      import("@/lib/clock"),
      import("@/lib/db/read-time"),
      import("@/lib/db/prisma"),
      import("@/lib/services/settings/load-settings"),
    ]);
    liftLimits();
    await getClock().refresh(readTime);
    await loadSettings();
    return await work();
  } finally {
    // Imported only now: it reads the configuration that has just been completed.
    const { getPrisma } = await import("@/lib/db/prisma");
    await getPrisma().$disconnect();
    await release();
  }
}
