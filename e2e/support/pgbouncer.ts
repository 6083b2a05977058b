import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createPostgresClient } from "@/lib/db/postgres";
import { endProcess, findFreePort } from "./own-server";
import { waitFor } from "./wait-for";

/** An account of this machine; PgBouncer refuses to run as root. */
export interface Account {
  uid: number;
  gid: number;
}

/** PgBouncer in transaction mode in front of one database, as Debian ships it except for its addresses. */
export class PgBouncer {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "latchkey-pgbouncer-"));
  #process: ChildProcess | null = null;
  #output = "";
  #url = "";

  /** `databaseUrl` is that of the database itself; `account` runs it if the tests run as root. */
  async start(databaseUrl: string, account: Account): Promise<void> {
    const { hostname, port, username, password, pathname } = new URL(databaseUrl);
    const database = pathname.slice(1);
    const listenPort = await findFreePort();
    const target = `host=${decodeURIComponent(hostname)} port=${port} user=${username} password='${decodeURIComponent(password)}'`;
    const configuration = `[databases]
${database} = ${target}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = any
pool_mode = transaction
max_client_conn = 200
; Few connections, and each transaction on the next one of them: what a session leaves behind shows at once.
default_pool_size = 6
server_round_robin = 1
`;
    const file = path.join(this.#folder, "pgbouncer.ini");
    writeFileSync(file, configuration, { mode: 0o600 });
    const isRoot = process.getuid?.() === 0;
    if (isRoot) for (const owned of [this.#folder, file]) chownSync(owned, account.uid, account.gid);
    const child = spawn("pgbouncer", [file], { stdio: ["ignore", "pipe", "pipe"], ...(isRoot ? account : {}) });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        this.#output += chunk;
      });
    }
    this.#url = `postgresql://${username}@127.0.0.1:${listenPort}/${database}`;
    await waitFor("PgBouncer", async () => {
      if (child.exitCode !== null) throw new Error(`PgBouncer did not start:\n${this.#output}`);
      const client = createPostgresClient(this.#url);
      return client.connect().then(
        () => client.end().then(() => true),
        () => null,
      );
    });
  }

  /** The URL of the database through it. */
  get url(): string {
    return this.#url;
  }

  get output(): string {
    return this.#output;
  }

  async stop(): Promise<void> {
    if (this.#process) await endProcess(this.#process, "SIGTERM");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
