import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readDatabaseUrl } from "@/lib/database-url";
import { createPostgresClient } from "@/lib/db/postgres";
import { parseEnvironment } from "@/lib/env";
import { acquirePostgres, makeTemporaryDataDir, type PostgresLease } from "../postgres";
import { describeFailure } from "../user-error";
import { migrate } from "./migrate";
import { prepareDatabase } from "./prepare-database";

let dataDir: string;
let postgres: PostgresLease;
const cleanUps: (() => unknown)[] = [];

beforeAll(async () => {
  dataDir = makeTemporaryDataDir("latchkey-prepare-");
  postgres = await acquirePostgres(dataDir);
  await administer("postgres", "CREATE ROLE visitor LOGIN PASSWORD 'visitor'");
});

afterAll(async () => {
  await postgres.release();
  rmSync(dataDir, { recursive: true, force: true });
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

function urlOf(database: string, changes: { user?: string; password?: string; admin?: boolean } = {}): string {
  const url = new URL(changes.admin ? postgres.adminUrl : postgres.url);
  url.pathname = `/${database}`;
  if (changes.user) url.username = changes.user;
  if (changes.password) url.password = changes.password;
  return url.href;
}

/** As server/start.mjs does once everything is built. */
const startServer = `
  import { importTypeScript } from "./server/setup/import-typescript.mjs";
  const { serve } = await importTypeScript("server/main.ts");
  await serve({ dev: false, report: console.log });`;

const asVisitor = { user: "visitor", password: "visitor" };

async function administer(database: string, ...statements: string[]) {
  const client = createPostgresClient(urlOf(database, { admin: true }));
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function createDatabase(name: string, owner = "latchkey"): Promise<string> {
  await administer("postgres", `CREATE DATABASE ${name} OWNER ${owner}`);
  return name;
}

/** What a start with this database prints before it ends; null if it continues. */
async function failureOf(DATABASE_URL: string): Promise<unknown> {
  const configuration = { ...parseEnvironment({}), DATABASE_URL };
  try {
    await prepareDatabase({ configuration, postgres: null }, { report: () => {} });
    return null;
  } catch (error) {
    return describeFailure(error);
  }
}

/** Listens in the place of a database, and never answers. */
async function openSilentServer(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  const port = await listen(server, 0);
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return port;
}

/** The URL of the tests' database with this port on the loopback address. */
function urlAt(port: number): string {
  const { username, password, pathname } = new URL(postgres.url);
  return `postgresql://${username}:${password}@127.0.0.1:${port}${pathname}`;
}

function connectToPostgres(): Socket {
  const { host = "", port = 0 } = { settings: undefined, ...readDatabaseUrl(postgres.url) }.settings ?? {};
  return host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect({ host, port });
}

/** A TCP port that forwards to PostgreSQL. */
async function openRelay(port: number): Promise<number> {
  const relay = createServer((socket) => {
    const upstream = connectToPostgres();
    socket.on("error", () => upstream.destroy());
    upstream.on("error", () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  cleanUps.push(() => relay.close());
  return listen(relay, port);
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

function run(command: string[], DATABASE_URL: string) {
  const { PATH, HOME } = process.env;
  const env = {
    PATH,
    HOME,
    NODE_ENV: "production" as const,
    DATA_DIR: dataDir,
    AUTH_SECRET: "s".repeat(40),
    DATABASE_URL,
  };
  const child: ChildProcess = spawn(process.execPath, command, { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const seen = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (data) => {
        output += data;
        if (output.includes("Waiting for the database")) resolve();
      });
    }
  });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, output }));
  cleanUps.push(() => child.kill("SIGKILL"));
  return { child, seen, ended, output: () => output };
}

test("a start fails immediately, with one sentence, if waiting can't help", async () => {
  const noRights = await createDatabase("no_rights", new URL(postgres.adminUrl).username);
  expect(await failureOf(urlOf(noRights, { password: "wrong" }))).toMatch(
    /^The database rejects the user or password: .*\.$/,
  );
  expect(await failureOf(urlOf("not_there"))).toMatch(/^Database "not_there" does not exist\. Create it .*\.$/);
  expect(await failureOf(urlOf(noRights, asVisitor))).toMatch(
    /^The user of DATABASE_URL lacks a right: .*permission denied for schema public\. As the owner: GRANT CREATE.*\.$/,
  );
  const demandsTls = new URL(urlAt(await openRelay(0)));
  demandsTls.searchParams.set("sslmode", "require");
  expect(await failureOf(demandsTls.href)).toMatch(/^DATABASE_URL requires TLS, but the database has none: .*\.$/);
});

test("a start names the tables that it may not use", async () => {
  const database = await createDatabase("some_rights");
  await migrate(urlOf(database));
  expect(await failureOf(urlOf(database))).toBeNull();
  expect(await failureOf(urlOf(database, asVisitor))).toMatch(
    /^The user of DATABASE_URL lacks a right: .*_prisma_migrations/,
  );
  await administer(
    database,
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO visitor",
    "REVOKE SELECT ON users FROM visitor",
    "REVOKE DELETE ON sessions FROM visitor",
  );
  expect(await failureOf(urlOf(database, asVisitor))).toMatch(
    /^The database user visitor may not read and write the tables sessions, users\. As the owner: GRANT .*"visitor"\.$/,
  );
  await administer(database, "GRANT ALL ON users, sessions TO visitor");
  expect(await failureOf(urlOf(database, asVisitor))).toBeNull();
});

test("an old version on a newer database says so and stops", async () => {
  const database = await createDatabase("newer");
  await migrate(urlOf(database));
  await administer(
    database,
    `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
     VALUES ('next', '', now(), '29990101000000_next', 1)`,
  );
  expect(await failureOf(urlOf(database))).toMatch(
    /^The database was changed by a newer version .*29990101000000_next/,
  );
});

test("tables in another schema than public don't become a silent second installation", async () => {
  const database = await createDatabase("other_schema");
  await administer(database, "CREATE SCHEMA latchkey AUTHORIZATION latchkey");
  expect(await failureOf(urlOf(database))).toMatch(/is the schema latchkey, but the tables are in public/);
});

test("a server waits for a database that doesn't answer, and a signal ends the wait", async () => {
  const port = await openSilentServer();
  const server = run(["--input-type=module", "--eval", startServer], urlAt(port));
  await server.seen;
  expect(server.output()).toContain(`Waiting for the database at 127.0.0.1:${port}. It doesn't answer.`);
  server.child.kill("SIGTERM");
  expect(await server.ended).toMatchObject({ code: 0 });
});

test("a command waits for a database that refuses connections, and runs once it accepts them", async () => {
  const placeholder = createServer();
  const port = await listen(placeholder, 0);
  placeholder.close();
  await once(placeholder, "close");
  const command = run(["server/cli.mjs", "cleartokens"], urlAt(port));
  await command.seen;
  expect(command.output()).toContain(`Waiting for the database at 127.0.0.1:${port}. The database can't be reached`);
  await openRelay(port);
  const { code, output } = await command.ended;
  expect(output).toContain("The database answers");
  expect(code).toBe(0);
});
