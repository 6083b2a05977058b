import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine, SchemaFilter } from "@prisma/schema-engine-wasm";
import { createPrismaAdapter, createUnlimitedPool, type PostgresPool, type PostgresResult } from "@/lib/db/postgres";
import { UserError } from "../user-error";
import { describeMissingRight } from "./database-faults";

/**
 * Prisma's schema engine, in process. Prisma's command line would download the same engine as a program, which fails
 * behind a firewall. Both write the same `_prisma_migrations` table.
 */

export const noFilter: SchemaFilter = { externalTables: [], externalEnums: [] };
const migrationsDir = path.resolve("prisma/migrations");
const schemaFile = path.resolve("prisma/schema.prisma");

let loading: Promise<typeof import("@prisma/schema-engine-wasm")> | undefined;

/** The package's own entry point imports the .wasm file as a module, which needs a bundler. */
async function loadEngineModule() {
  // The engine leaves its last message here before it panics.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  });
  const name = "@prisma/schema-engine-wasm/schema_engine_bg";
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const file = createRequire(import.meta.url)
    .resolve(name)
    .replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { "./schema_engine_bg.js": { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}

/** Opens an engine on the database, passes it to `work` and closes it. */
export async function withSchemaEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loading ??= loadEngineModule();
  const { SchemaEngine } = await loading;
  const pool = createUnlimitedPool(url);
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, createCatalogueAdapter(pool));
  try {
    return await work(engine);
  } catch (error) {
    // A mistake in a migration or in the schema: the message has its line; the trace would only show the engine's
    // internals.
    throw (error as Error).name === "SchemaConnectorError" ? describeEngineError(error as Error) : error;
  } finally {
    engine.free();
    await pool.end();
  }
}

function describeEngineError({ message }: Error): UserError {
  // The rest is the position in the engine's own source.
  const [text = ""] = message.split(/\n\s+0: /);
  return new UserError(/permission denied|must be owner/.test(text) ? `${describeMissingRight(text)}.` : text);
}

/**
 * The engine locks for the session, and a pooler in transaction mode would keep that session for others. The caller
 * that applies migrations already holds the same lock for a transaction (`migrate`).
 */
function withoutSessionLock([first, ...rest]: unknown[]): unknown[] {
  const isObject = typeof first === "object" && first !== null && "text" in first;
  const text = isObject ? first.text : first;
  if (typeof text !== "string" || !text.startsWith("SELECT pg_advisory_lock(")) return [first, ...rest];
  const instead = "SELECT NULL::text";
  return [isObject ? { ...first, text: instead } : instead, ...rest];
}

const pgType = { char: 18, text: 25 };

/**
 * Prisma's adapter for `pg`, fixed for the engine: PostgreSQL's catalog has one-byte `"char"` columns, which the
 * adapter (7.10.1) rejects as an unsupported type and the engine needs as text.
 */
function createCatalogueAdapter(pool: PostgresPool) {
  const charColumns = new WeakMap<object, number[]>();
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<PostgresResult | PostgresResult[]>;
  pool.query = (async (...args: unknown[]) => {
    const outcome = await query(...withoutSessionLock(args));
    for (const { rows, fields } of [outcome].flat()) {
      const chars = [...fields.keys()].filter((index) => fields[index]?.dataTypeID === pgType.char);
      for (const field of fields) if (field.dataTypeID === pgType.char) field.dataTypeID = pgType.text;
      charColumns.set(rows, chars);
    }
    return outcome;
  }) as typeof pool.query;

  const factory = createPrismaAdapter(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    // The adapter would send each statement separately. Behind a pooler, these can reach different connections, and
    // what one sets up in its session is missing for the next. Sent together they are one transaction (PostgreSQL 18,
    // §55.2.2.1).
    const { onError } = adapter as unknown as { onError: (error: unknown) => never };
    adapter.executeScript = (script) => query(script).then(() => {}, onError.bind(adapter));
    adapter.queryRaw = async (sqlQuery) => {
      const result = await queryRaw(sqlQuery);
      for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  };
  return bindMigrationAwareSqlAdapterFactory(factory);
}

/** The migrations of prisma/migrations in the engine's format. */
export function readMigrations(): MigrationList {
  const names = existsSync(migrationsDir)
    ? readdirSync(migrationsDir, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];
  const lockfile = path.join(migrationsDir, "migration_lock.toml");
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: "migration_lock.toml",
      content: existsSync(lockfile) ? readFileSync(lockfile, "utf8") : null,
    },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(path.join(migrationsDir, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

/** prisma/schema.prisma in the engine's format. */
export function readSchema() {
  return { files: [{ path: schemaFile, content: readFileSync(schemaFile, "utf8") }] };
}

export { migrationsDir };
