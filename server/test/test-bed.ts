import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createPostgresClient } from "@/lib/db/postgres";
import { variableNames } from "@/lib/env";
import { migrate } from "../database/migrate";
import { acquirePostgres, findFreePort, makeTemporaryDataDir, type PostgresLease } from "../postgres";
import type { UserIds } from "../root/service-user";
import { start, stop } from "./processes";
import { ServerPool, type StartedServer } from "./server-pool";
import { chosenMachineEndpoints, findUserOfServer, serverNodeOptions } from "./server-process";

const startTimeoutMs = 60_000;

/** Time zones on which neither stored times nor code may depend (docs/adr/0027). */
export interface Surroundings {
  name: string;
  /** Of the process, as `TZ`. */
  processZone: string;
  /** Of the database, for all its sessions. */
  settings: { TimeZone: string; DateStyle: string };
}

export const contractSurroundings: Surroundings[] = [
  { name: "east", processZone: "America/Los_Angeles", settings: { TimeZone: "Asia/Shanghai", DateStyle: "ISO, MDY" } },
  { name: "west", processZone: "Asia/Kolkata", settings: { TimeZone: "America/New_York", DateStyle: "German, DMY" } },
];

const serverSurroundings: Surroundings = {
  name: "servers",
  processZone: "Asia/Shanghai",
  settings: { TimeZone: "America/New_York", DateStyle: "SQL, DMY" },
};

/** What the tests run on: a temporary PostgreSQL and, on request, servers. Never the user's own data. */
export class TestBed {
  readonly dataDir = makeTemporaryDataDir("latchkey-test-");
  /** Tests append every secret they obtain, one per line; none may appear in a log. */
  readonly secretsFile = path.join(this.dataDir, "secrets-seen");
  readonly #logFiles = [path.join(this.dataDir, "postgres.log")];
  #postgres: Promise<PostgresLease> | null = null;
  #servers: Promise<NodeJS.ProcessEnv> | null = null;
  #pool: ServerPool | null = null;
  readonly #children: ChildProcess[] = [];

  constructor() {
    writeFileSync(this.secretsFile, "", { mode: 0o600 });
  }

  #getPostgres() {
    this.#postgres ??= acquirePostgres(this.dataDir);
    return this.#postgres;
  }

  /** A separate migrated database, so that the store contract and the servers don't see each other's rows. */
  async createContractEnvironment({ name, processZone, settings }: Surroundings): Promise<NodeJS.ProcessEnv> {
    const { adminUrl, url } = await this.#getPostgres();
    const database = `contract_${name}`;
    await this.#administer(adminUrl, `CREATE DATABASE ${database} OWNER latchkey`, ...toStatements(database, settings));
    const contractUrl = new URL(`/${database}`, url).href;
    await migrate(contractUrl);
    return { ...withoutConfiguration(), TEST_DATABASE_URL: contractUrl, TZ: processZone };
  }

  async #administer(adminUrl: string, ...statements: string[]) {
    const client = createPostgresClient(adminUrl);
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  /** The environment for HTTP and browser tests; starts the servers on the first call. */
  getServerEnvironment(): Promise<NodeJS.ProcessEnv> {
    this.#servers ??= this.#startServers();
    return this.#servers;
  }

  async #startServers(): Promise<NodeJS.ProcessEnv> {
    const { url, adminUrl } = await this.#getPostgres();
    const { processZone, settings } = serverSurroundings;
    await this.#administer(adminUrl, ...toStatements(new URL(url).pathname.slice(1), settings));
    const [port, secondPort] = [await findFreePort(), await findFreePort()];
    const baseUrl = `http://127.0.0.1:${port}`;
    const shared = {
      ...withoutConfiguration(),
      TZ: processZone,
      DATABASE_URL: url,
      AUTH_SECRET: randomBytes(33).toString("base64url"),
      DATA_DIR: this.dataDir,
      // Two servers with one issuer, as behind a load balancer.
      PUBLIC_URL: baseUrl,
      PASSWORD_HASH_COST: "10",
      // To the server, all tests are one network, and several files send dozens of requests at the same time.
      MAX_REQUESTS_PER_NETWORK: "128",
      // The more a server logs, the more the search for secrets in its log is worth.
      LOG_LEVEL: "debug",
      NODE_OPTIONS: serverNodeOptions,
      ...chosenMachineEndpoints(),
    };
    const first = await this.#startServer({ ...shared, PORT: String(port) });
    const user = findUserOfServer(first.logFile);
    await this.#startServer({ ...shared, PORT: String(secondPort) }, user);
    this.#pool = new ServerPool(async (variables) => {
      const own = await findFreePort();
      const settings = { ...shared, PORT: String(own), PUBLIC_URL: `http://127.0.0.1:${own}`, ...variables };
      return this.#startServer(settings, user);
    });
    const sharedFiles = path.join(this.dataDir, "shared");
    mkdirSync(sharedFiles);
    return {
      ...withoutConfiguration(),
      BASE_URL: baseUrl,
      BASE_URL_2: `http://127.0.0.1:${secondPort}`,
      DATABASE_URL: url,
      AUTH_SECRET: shared.AUTH_SECRET,
      PUBLIC_URL: baseUrl,
      SERVER_NODE_OPTIONS: serverNodeOptions,
      SERVER_USER: user ? `${user.uid}:${user.gid}` : "",
      SECRETS_SEEN: this.secretsFile,
      SERVER_POOL: await this.#pool.listen(),
      SHARED_FILES: sharedFiles,
    };
  }

  async #startServer(env: NodeJS.ProcessEnv, user: UserIds | null = null): Promise<StartedServer> {
    const logFile = path.join(this.dataDir, `server-${this.#children.length + 1}.log`);
    const log = createWriteStream(logFile, { flags: "a", mode: 0o600 });
    const child = start(["server/start.mjs"], env, user);
    this.#children.push(child);
    this.#logFiles.push(logFile);
    let isReady = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.pipe(log, { end: false });
      stream?.on("data", (chunk: Buffer) => {
        isReady ||= chunk.includes("Latchkey is ready");
      });
    }
    const deadline = Date.now() + startTimeoutMs;
    while (!isReady) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`A server did not start:\n${readFileSync(logFile, "utf8")}`);
      }
      await sleep(50);
    }
    return { baseUrl: `http://127.0.0.1:${env.PORT}`, logFile };
  }

  /**
   * Secrets that appeared in a log, shortened so that the report doesn't leak them again. Null if no test has recorded
   * any.
   */
  findLoggedSecrets(): string[] | null {
    const secrets = [...new Set(readFileSync(this.secretsFile, "utf8").split("\n"))].filter((line) => line.length >= 8);
    if (secrets.length === 0) return null;
    const logs = this.#logFiles.map((file) => ({ name: path.basename(file), text: readFileSync(file, "utf8") }));
    return secrets.flatMap((secret) =>
      logs.filter(({ text }) => text.includes(secret)).map(({ name }) => `${name}: ${secret.slice(0, 4)}…`),
    );
  }

  /** Stops the servers, so that their logs are complete. */
  async stopServers() {
    this.#pool?.close();
    await Promise.all(this.#children.map(stop));
  }

  async close() {
    await this.stopServers();
    await (await this.#postgres)?.release();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

function toStatements(database: string, settings: Surroundings["settings"]): string[] {
  return Object.entries(settings).map(([name, value]) => `ALTER DATABASE ${database} SET ${name} = '${value}'`);
}

/** The developer's shell may contain the configuration of a server. */
function withoutConfiguration(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of variableNames) delete env[name];
  return env as NodeJS.ProcessEnv;
}
