import { createPostgresClient, type PostgresClient } from "@/lib/db/postgres";
import { UserError } from "../user-error";
import { readMigrations, readSchema } from "./schema-engine";

/**
 * Refuses to work on tables that this version doesn't know: those of a newer version, and those hidden by a search
 * path.
 */
export async function refuseForeignSchema(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const { rows: places } = await client.query<{ schema: string | null }>("SELECT current_schema() AS schema");
    const schema = places[0]?.schema ?? null;
    if (schema !== "public") {
      throw new UserError(
        `The search_path of the database user is ${schema === null ? "no schema" : `the schema ${schema}`}, but the tables are in public. ` +
          "Reset it (ALTER ROLE … RESET search_path), and give this server a database of its own.",
      );
    }
    const { rows: tables } = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
    if (tables[0]?.name == null) return;
    const { rows } = await client.query<{ name: string }>(
      "SELECT migration_name AS name FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name",
    );
    const known = new Set(readMigrations().migrationDirectories.map(({ path }) => path));
    const unknown = rows.map(({ name }) => name).filter((name) => !known.has(name));
    if (unknown.length === 0) return;
    throw new UserError(
      `The database was changed by a newer version of Latchkey, with migrations that this version doesn't have (${unknown.join(", ")}). ` +
        "Start that version, or restore a backup from before the update.",
    );
  });
}

/** Checks the permissions that the server needs, so that a missing one isn't discovered by a user's request. */
export async function checkRights(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ user: string; tables: string[] | null }>(
      `SELECT current_user AS user, array_agg(name ORDER BY name) FILTER (WHERE NOT (
         has_table_privilege(to_regclass(name), 'SELECT') AND has_table_privilege(to_regclass(name), 'INSERT') AND
         has_table_privilege(to_regclass(name), 'UPDATE') AND has_table_privilege(to_regclass(name), 'DELETE'))) AS tables
       FROM unnest($1::text[]) AS names (name)`,
      [readTableNames()],
    );
    const { user = "", tables = null } = rows[0] ?? {};
    if (tables === null) return;
    const name = client.escapeIdentifier(user);
    throw new UserError(
      `The database user ${user} may not read and write ${tables.length === 1 ? "the table" : "the tables"} ${tables.join(", ")}. ` +
        `As the owner: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}.`,
    );
  });
}

function readTableNames(): string[] {
  const text = readSchema().files.map(({ content }) => content);
  return [...text.join("\n").matchAll(/^\s*@@map\("(\w+)"\)/gm)].map(([, name = ""]) => name);
}

async function withClient(databaseUrl: string, work: (client: PostgresClient) => Promise<void>): Promise<void> {
  const client = createPostgresClient(databaseUrl);
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end();
  }
}
