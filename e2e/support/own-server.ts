import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { variableNames } from "@/lib/env";
import { waitFor } from "./wait-for";

/**
 * The server's own variables, and those of Node.js: which certificates it trusts, and where it keeps temporary files.
 */
export type ServerVariables = Partial<
  Record<(typeof variableNames)[number] | "NODE_EXTRA_CA_CERTS" | "TMPDIR", string>
>;

/** Who answers machine endpoints, if this run is for one of them (`TEST_MACHINE_ENDPOINTS=next npm run test:http`). */
const machineEndpoints: Record<string, string> = process.env.TEST_MACHINE_ENDPOINTS
  ? { MACHINE_ENDPOINTS: process.env.TEST_MACHINE_ENDPOINTS }
  : {};

/** The user that runs servers and commands; null: the current one, root included, which is for the tests of that. */
const serverUser = readServerUser();

function readServerUser(): { uid: number; gid: number } | null {
  const [uid, gid] = (process.env.SERVER_USER || "").split(":").map(Number);
  return uid && gid ? { uid, gid } : null;
}

/** A server process that a test may kill. */
export interface OwnServer {
  baseUrl: string;
  pid: number;
  /** Path of the one-time link for the first administrator; null if there is an administrator. */
  setupPath: string | null;
  /** All its output. */
  output(): string;
  /** Kills it, like a crash. */
  kill(): Promise<void>;
  /** Shuts it down cleanly. */
  stop(): Promise<void>;
}

/** An installation with its own data directory and PostgreSQL, on which any number of servers can run. */
export class OwnInstallation {
  readonly dataDir = makeDataDir();
  readonly #servers: OwnServer[] = [];

  /**
   * `publicUrl` is the server's own address unless it is one of several. `env` sets variables; with a `DATABASE_URL`
   * the server needs no PostgreSQL of its own. `clock` are variables of `wrong-clock.ts`.
   */
  async start({
    publicUrl,
    env = {},
    clock = {},
  }: {
    publicUrl?: string;
    env?: ServerVariables;
    clock?: Record<string, string>;
  } = {}): Promise<OwnServer> {
    const port = await findFreePort();
    const baseUrl = `http://127.0.0.1:${port}`;
    const child = spawn(process.execPath, ["server/start.mjs"], {
      ...serverUser,
      env: this.#environment({
        NODE_OPTIONS: process.env.SERVER_NODE_OPTIONS ?? "",
        PORT: String(port),
        PUBLIC_URL: publicUrl ?? baseUrl,
        LOG_LEVEL: "debug",
        ...env,
        ...clock,
      }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk;
      });
    }
    const server: OwnServer = {
      baseUrl,
      pid: child.pid ?? 0,
      setupPath: null,
      output: () => output,
      kill: () => endProcess(child, "SIGKILL"),
      stop: () => endProcess(child, "SIGTERM"),
    };
    this.#servers.push(server);
    const isReady = async () => {
      if (child.exitCode !== null) throw new Error(`The server did not start:\n${output}`);
      return output.includes("Stop:   Ctrl-C");
    };
    await waitFor("a server of its own", isReady, { timeout: 40_000 });
    return { ...server, setupPath: /\/setup\/\S+/.exec(output)?.[0] ?? null };
  }

  /** Registers a client of the client credentials grant with the real command, beside running servers. */
  async createMachine(env: ServerVariables = {}): Promise<{ client_id: string; client_secret: string }> {
    const command = ["server/cli.mjs", "createapplication", "confidential", "client-credentials", "--json"];
    const options = { ...serverUser, env: this.#environment(env) };
    const { stdout } = await promisify(execFile)(process.execPath, command, options);
    return JSON.parse(stdout);
  }

  /** The process of its PostgreSQL server. */
  get postmasterPid(): number {
    return Number(this.#readPostmaster()[0]);
  }

  /** Of its PostgreSQL server, while a server runs on it. */
  get databaseUrl(): string {
    const password = readFileSync(path.join(this.dataDir, "secrets", "postgres-password"), "utf8").trim();
    const [, , , port, socketDir = ""] = this.#readPostmaster();
    return `postgresql://latchkey:${password}@${encodeURIComponent(socketDir)}:${port}/latchkey`;
  }

  /** With a role that may create databases. */
  get administratorUrl(): string {
    const url = new URL(this.databaseUrl);
    url.username = "latchkey_admin";
    url.password = readFileSync(path.join(this.dataDir, "secrets", "postgres-admin-password"), "utf8").trim();
    return url.href;
  }

  /** The user that runs its PostgreSQL server, never root. */
  get postgresAccount(): { uid: number; gid: number } {
    const { uid, gid } = statSync(path.join(this.dataDir, "postgres"));
    return { uid, gid };
  }

  /** Process, directory, start, port and the folder of its socket, one per line. */
  #readPostmaster(): string[] {
    return readFileSync(path.join(this.dataDir, "postgres", "postmaster.pid"), "utf8").split("\n");
  }

  /** Stops running processes and removes the data. */
  async remove(): Promise<void> {
    for (const server of this.#servers) await server.stop();
    try {
      // Only left behind if the last server was killed.
      process.kill(this.postmasterPid, "SIGKILL");
    } catch {
      // It is gone, and so is its file.
    }
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The runner's configuration for its own servers must not reach these. */
  #environment(own: Record<string, string>): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !variableNames.some((known) => known === name));
    const cleared = Object.fromEntries(inherited) as typeof process.env;
    return { ...cleared, DATA_DIR: this.dataDir, PASSWORD_HASH_COST: "10", ...machineEndpoints, ...own };
  }
}

/** Others may enter it, like a folder that the server creates: PostgreSQL and a pooler may run as another user. */
function makeDataDir(): string {
  const dataDir = mkdtempSync(path.join(tmpdir(), "latchkey-own-"));
  chmodSync(dataDir, 0o711);
  if (serverUser) chownSync(dataDir, serverUser.uid, serverUser.gid);
  return dataDir;
}

/** Asks a process to end, unless it has, and waits for it. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}
