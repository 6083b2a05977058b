import { createPostgresClient, type PostgresClient } from "@/lib/db/postgres";
import { abortable } from "../abortable";
import { lockForTransaction } from "./database-lock";
import { noFilter, readMigrations, withSchemaEngine } from "./schema-engine";

/** Any number that nothing else locks in this database; spells "latchkey" on a telephone's keys. */
const migrationLock = 52824539;
/** That of Prisma's own command line, which the engine would take for the session (`withSchemaEngine`). */
const prismaLock = 72707369;

export interface MigrateOptions {
  /** Hears what a long wait is for. */
  report?: (line: string) => void;
  /** Ends the wait for other processes, never a migration that has begun. */
  signal?: AbortSignal;
}

/**
 * Applies the migrations of prisma/migrations that the database lacks. Safe to call from any number of processes at
 * once: the first works, the others wait. Where nothing is to be done, nothing is locked.
 * @returns the names of the migrations applied by this call
 */
export async function migrate(
  databaseUrl: string,
  { report = () => {}, signal = new AbortController().signal }: MigrateOptions = {},
): Promise<string[]> {
  const client = createPostgresClient(databaseUrl);
  try {
    await client.connect();
    const migrationsList = readMigrations();
    const names = migrationsList.migrationDirectories.map((directory) => directory.path);
    if (await isUpToDate(client, names)) return [];
    await client.query("BEGIN");
    for (const key of [migrationLock, prismaLock]) {
      const lock = { key, purpose: "migrate the database", databaseUrl, report };
      await abortable(lockForTransaction(client, lock), signal);
    }
    if (await isUpToDate(client, names)) return [];
    const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, (engine) =>
      engine.applyMigrations({ migrationsList, filters: noFilter }),
    );
    return appliedMigrationNames;
  } finally {
    // Gives the locks back, on a pooler's connection as well. A wait that was given up ends with the connection.
    if (!signal.aborted) await client.query("ROLLBACK").catch(() => {});
    await client.end();
  }
}

/** Spares an ordinary start the quarter of a second in which the engine loads. */
async function isUpToDate(client: PostgresClient, names: string[]): Promise<boolean> {
  const table = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
  if (table.rows[0]?.name == null) return names.length === 0;
  const rows = await client.query<{ migration_name: string; done: boolean }>(
    "SELECT migration_name, finished_at IS NOT NULL AS done FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  // A failed migration, or one that this version doesn't know: the engine knows what to say about it.
  if (rows.rows.some((row) => !row.done)) return false;
  const applied = new Set(rows.rows.map((row) => row.migration_name));
  return applied.size === names.length && names.every((name) => applied.has(name));
}
