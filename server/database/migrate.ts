import { createPostgresClient, type PostgresClient } from "@/lib/db/postgres";
import { abortable } from "../abortable";
import { lockForTransaction } from "./database-lock";
import { noFilter, readMigrations, withSchemaEngine } from "./schema-engine";

/** Any number that nothing else locks in this database; spells "latchkey" on a phone keypad. */
const migrationLock = 52824539;
/** The lock of Prisma's own command line, which the engine would acquire for the session (`withSchemaEngine`). */
const prismaLock = 72707369;

export interface MigrateOptions {
  /** Receives the reason for a long wait. */
  report?: (line: string) => void;
  /** Ends the wait for other processes, but never a migration that has begun. */
  signal?: AbortSignal;
}

/**
 * Applies the migrations of prisma/migrations that the database lacks. Any number of processes may call it at the same
 * time: the first does the work, the others wait. If there is nothing to do, nothing is locked.
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
    // Releases the locks, also on a pooler's connection. An aborted wait ends with the connection.
    if (!signal.aborted) await client.query("ROLLBACK").catch(() => {});
    await client.end();
  }
}

/** Saves an ordinary start the quarter of a second it takes to load the engine. */
async function isUpToDate(client: PostgresClient, names: string[]): Promise<boolean> {
  const table = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
  if (table.rows[0]?.name == null) return names.length === 0;
  const rows = await client.query<{ migration_name: string; done: boolean }>(
    "SELECT migration_name, finished_at IS NOT NULL AS done FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  // A failed migration, or one unknown to this version: the engine reports it properly.
  if (rows.rows.some((row) => !row.done)) return false;
  const applied = new Set(rows.rows.map((row) => row.migration_name));
  return applied.size === names.length && names.every((name) => applied.has(name));
}
