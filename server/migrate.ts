import { createPostgresClient, type PostgresClient } from "@/lib/db/postgres";
import { NO_FILTER, readMigrations, withSchemaEngine } from "./schema-engine";

/** Any number that nothing else locks in this database; spells "latchkey" on a telephone's keys. */
const MIGRATION_LOCK = 52824539;

/**
 * Applies the migrations of prisma/migrations that the database lacks. Safe to call from any number of processes at
 * once: the first works, the others wait.
 * @returns the names of the migrations applied by this call
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const client = createPostgresClient(databaseUrl);
  try {
    await client.connect();
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const migrationsList = readMigrations();
    if (
      await isUpToDate(
        client,
        migrationsList.migrationDirectories.map((directory) => directory.path),
      )
    )
      return [];
    const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, (engine) =>
      engine.applyMigrations({ migrationsList, filters: NO_FILTER }),
    );
    return appliedMigrationNames;
  } finally {
    // Ending the connection gives the advisory lock back.
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
