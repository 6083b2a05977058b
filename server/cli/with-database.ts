import { type ConfiguredDatabase, configure } from "../configure";
import type { PostgresLease } from "../postgres";
import { prepareDatabase } from "../prepare-database";
import { endsAtHangUp } from "../setup/hang-up.mjs";
import { SAME_SIGNAL_MS } from "../shutdown";

/**
 * Runs a command on the database of this installation: the one a running server uses, or started for the command.
 * What it has to tell goes to standard error.
 */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  const report = (line: string) => console.error(line);
  const interrupted = new AbortController();
  let postgres: PostgresLease | null = null;
  const release = async () => postgres?.release();
  let isStarting = true;
  let signalledAt: number | null = null;
  const stop = () => void release().finally(() => process.exit(130));
  // Not `once`: under npm the same signal arrives twice, and the second would end the process before PostgreSQL.
  const onSignal = () => {
    if (signalledAt !== null) {
      if (performance.now() - signalledAt > SAME_SIGNAL_MS) process.exit(130);
      return;
    }
    signalledAt = performance.now();
    interrupted.abort();
    if (!isStarting) stop();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  if (endsAtHangUp()) process.on("SIGHUP", onSignal);
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
    const [{ getClock }, { readTime }, { liftLimits }] = await Promise.all([
      import("@/lib/clock"),
      import("@/lib/db/read-time"),
      import("@/lib/db/prisma"),
    ]);
    liftLimits();
    await getClock().refresh(readTime);
    return await work();
  } finally {
    // Loaded only now: it reads the configuration that has just been completed.
    const { getPrisma } = await import("@/lib/db/prisma");
    await getPrisma().$disconnect();
    await release();
  }
}
