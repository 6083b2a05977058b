import { execFileSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, readStartTime } from "../setup/process-identity.mjs";
import { openPostgresAccount, type PostgresAccount } from "./account";
import { findPostgresBinaries, type PostgresBinaries } from "./binaries";

/** A running PostgreSQL server process. */
export interface Postmaster {
  pid: number;
  startTime: string;
  port: number;
}

/** The role that owns the cluster. The application never uses it: it could read files through SQL. */
export const ADMIN_ROLE = "latchkey_admin";

const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "fsync=on",
  "synchronous_commit=on",
  "full_page_writes=on",
  // initdb takes the machine's zone over into postgresql.conf.
  "timezone=UTC",
  "log_timezone=UTC",
  // What an error line would quote (the statement, the key of a duplicate row) are other people's data.
  "log_min_error_statement=panic",
  "log_error_verbosity=terse",
];
const MAX_LOG_BYTES = 10 * 1024 * 1024;

/** The PostgreSQL cluster in DATA_DIR/postgres. Not safe against other processes by itself: see the lease. */
export class Cluster {
  readonly directory: string;
  readonly logFile: string;
  private readonly binaries: PostgresBinaries;
  private readonly account: PostgresAccount;

  constructor(dataDir: string) {
    this.directory = path.join(dataDir, "postgres");
    this.logFile = path.join(dataDir, "postgres.log");
    this.binaries = findPostgresBinaries();
    this.account = openPostgresAccount(this.directory, { program: this.binaries.postgres, directory: dataDir });
  }

  /** Creates the cluster unless it exists. Returns whether it did. */
  async initialise(adminPassword: string): Promise<boolean> {
    if (existsSync(this.directory)) return false;
    // A crash midway leaves only the draft, which the next attempt throws away.
    const draft = `${this.directory}.draft`;
    const passwordFile = `${draft}-password`;
    rmSync(draft, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
    mkdirSync(draft, { mode: 0o700 });
    this.account.own(draft);
    try {
      writeFileSync(passwordFile, adminPassword, { mode: 0o600 });
      this.account.own(passwordFile);
      const { code, output } = await this.account.run(this.binaries.initdb, [
        `--pgdata=${draft}`,
        `--username=${ADMIN_ROLE}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // PostgreSQL's own C.UTF-8 is the same on every system, whatever locales it has.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--set=timezone=UTC",
        "--set=log_timezone=UTC",
      ]);
      if (code !== 0) throw new Error(`PostgreSQL could not initialise ${this.directory}:\n${output}`);
    } finally {
      rmSync(passwordFile, { force: true });
    }
    renameSync(draft, this.directory);
    return true;
  }

  /** The server that runs on this cluster and accepts connections, waiting for one that is just starting. */
  async findRunning(): Promise<Postmaster | null> {
    for (;;) {
      const found = this.readPostmasterFile();
      if (!found || !isPostmaster(found.pid)) return null;
      if (found.ready) return { pid: found.pid, startTime: readStartTime(found.pid), port: found.port };
      await sleep(50);
    }
  }

  /** Starts the server, in a session of its own: Ctrl-C in a terminal reaches us and not it. */
  async start(port: number): Promise<Postmaster> {
    const stale = this.readPostmasterFile();
    if (stale && !isPostmaster(stale.pid)) {
      // PostgreSQL takes any living process (or zombie) with the number in this file for its predecessor.
      rmSync(path.join(this.directory, "postmaster.pid"), { force: true });
    }
    this.prepareLog();
    const options = [`-p ${port}`, ...SETTINGS.map((setting) => `-c ${setting}`)].join(" ");
    const args = ["start", "-w", "-t", "300", "-s", "-D", this.directory, "-l", this.logFile, "-o", options];
    const { code, output } = await this.account.run(this.binaries.pgCtl, args);
    const running = code === 0 ? await this.findRunning() : null;
    if (running) return running;
    const log = readFileSync(this.logFile, "utf8").trim().split("\n").slice(-5).join("\n");
    throw new Error(`PostgreSQL did not start: ${output}\nThe end of ${this.logFile}:\n${log}`);
  }

  /** Stops the server: running transactions are rolled back and connections closed. */
  async stop(postmaster: Postmaster) {
    const patience: [NodeJS.Signals, number][] = [
      ["SIGINT", 20_000],
      ["SIGQUIT", 10_000],
    ];
    for (const [signal, milliseconds] of patience) {
      if (!isAlive(postmaster.pid, postmaster.startTime)) return;
      process.kill(postmaster.pid, signal);
      const deadline = performance.now() + milliseconds;
      while (performance.now() < deadline) {
        if (!isAlive(postmaster.pid, postmaster.startTime)) return;
        await sleep(20);
      }
    }
    throw new Error(`PostgreSQL (process ${postmaster.pid}) did not stop.`);
  }

  private readPostmasterFile() {
    let lines: string[];
    try {
      lines = readFileSync(path.join(this.directory, "postmaster.pid"), "utf8").split("\n");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
    // Lines: pid, data directory, start time, port, socket directory, address, shared memory, status.
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  }

  private prepareLog() {
    const size = statSync(this.logFile, { throwIfNoEntry: false })?.size ?? 0;
    if (size > MAX_LOG_BYTES) renameSync(this.logFile, `${this.logFile}.1`);
    closeSync(openSync(this.logFile, "a", 0o600));
    this.account.own(this.logFile);
  }
}

/** Whether a living process is a PostgreSQL server, not something else that got the number of one that died. */
function isPostmaster(pid: number): boolean {
  if (!isAlive(pid)) return false;
  let command: string;
  try {
    command =
      process.platform === "linux"
        ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
        : execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
  } catch {
    return false;
  }
  // Its children are called "postgres: checkpointer" and the like.
  return /(^|[/\\])postgres(\.exe)? /.test(command) && !/(^|[/\\])postgres: /.test(command);
}
