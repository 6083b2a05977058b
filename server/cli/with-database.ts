import { configure } from "../configure";
import { migrate } from "../migrate";

/**
 * Runs a command on the database of this installation: the one a running server uses, or started for the command.
 * What it has to tell goes to standard error.
 */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  const { configuration, postgres } = await configure((line) => console.error(line));
  const release = async () => postgres?.release();
  const onSignal = () => void release().finally(() => process.exit(130));
  process.once("SIGINT", onSignal);
  process.once("SIGTERM", onSignal);
  try {
    await migrate(postgres?.url ?? configuration.DATABASE_URL ?? "");
    return await work();
  } finally {
    // Loaded only now: it reads the configuration that has just been completed.
    const { getPrisma } = await import("@/lib/db/prisma");
    await getPrisma().$disconnect();
    await release();
  }
}
