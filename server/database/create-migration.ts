import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { acquirePostgres, makeTemporaryDataDir } from "../postgres";
import { runCommand } from "../run-command";
import { UserError } from "../user-error";
import { migrationsDir, noFilter, readMigrations, readSchema, withSchemaEngine } from "./schema-engine";

/**
 * `npm run db:diff -- NAME`: writes the migration from prisma/migrations to prisma/schema.prisma, computed on a
 * temporary PostgreSQL.
 */
async function createMigration(name: string | undefined) {
  if (!name || !/^[a-z0-9_]+$/.test(name)) {
    throw new UserError("Usage: npm run db:diff -- NAME, in lowercase letters, digits and underscores.");
  }
  const dataDir = makeTemporaryDataDir("latchkey-diff-");
  const postgres = await acquirePostgres(dataDir);
  try {
    const sql = await withSchemaEngine(postgres.adminUrl, async (engine) => {
      const migrationsList = readMigrations();
      await engine.applyMigrations({ migrationsList, filters: noFilter });
      const { stdout } = await engine.diff({
        from: { tag: "schemaDatasource", ...readSchema(), configDir: path.dirname(migrationsDir) },
        to: { tag: "schemaDatamodel", ...readSchema() },
        script: true,
        exitCode: null,
        filters: noFilter,
      });
      return stdout ?? "";
    });
    if (sql.includes("-- This is an empty migration.") || sql.trim() === "") {
      console.log("prisma/schema.prisma has no changes that aren't in the migrations yet.");
      return;
    }
    const timestamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const directory = path.join(migrationsDir, `${timestamp}_${name}`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(migrationsDir, "migration_lock.toml"), 'provider = "postgresql"\n');
    writeFileSync(path.join(directory, "migration.sql"), sql);
    console.log(`Wrote ${path.relative(process.cwd(), directory)}/migration.sql. Read it before you commit it.`);
  } finally {
    await postgres.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export const main = (args: string[]) => runCommand(() => createMigration(args[0]));
