import path from "node:path";
import { type Configuration, parseEnvironment } from "@/lib/env";
import { acquirePostgres, type PostgresLease, prepareDataDir } from "./postgres";
import { readOrCreateSecret } from "./secrets";

export interface ConfiguredDatabase {
  configuration: Configuration;
  /** The embedded PostgreSQL, or null if DATABASE_URL names a database. */
  postgres: PostgresLease | null;
}

/**
 * Adds what is missing to process.env (the database, the secret), so that everything loaded afterwards finds a complete
 * environment.
 * @param signal aborts with its reason
 */
export async function configure(report: (line: string) => void, signal?: AbortSignal): Promise<ConfiguredDatabase> {
  const configuration = parseEnvironment(process.env);
  const dataDir = path.resolve(configuration.DATA_DIR);
  let postgres: PostgresLease | null = null;
  if (!configuration.AUTH_SECRET || !configuration.DATABASE_URL) prepareDataDir(dataDir);
  const secret = configuration.AUTH_SECRET ?? readOrCreateSecret(dataDir, "auth-secret");
  if (!configuration.DATABASE_URL) postgres = await acquirePostgres(dataDir, { report, signal });
  Object.assign(process.env, {
    DATA_DIR: dataDir,
    PUBLIC_URL: configuration.PUBLIC_URL,
    AUTH_SECRET: secret,
    DATABASE_URL: postgres?.url ?? configuration.DATABASE_URL,
  });
  return { configuration, postgres };
}
