import { closeSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FileLock } from "../setup/lock.mjs";
import { isAlive, mayUse, readStartTime } from "../setup/process-identity.mjs";
import { UserError } from "../user-error";
import { openPostgresAccount, type PostgresAccount } from "./account";
import { findPostgresBinaries, type PostgresBinaries, withShellSafeInitdb } from "./binaries";
import { isPostmaster } from "./is-postmaster";
import { openLog, openOwned } from "./owned-files";
import {
  isTemporary,
  prepareSocketDirectory,
  removeSocketDirectory,
  restoreSocketDirectory,
  socketPort,
} from "./socket-directory";

const { O_DIRECTORY, O_RDONLY } = constants;

/** A running PostgreSQL server process. */
export interface Postmaster {
  pid: number;
  startTime: string;
  /** Where its socket is. */
  socketDir: string;
}

/** The role that owns the cluster. The application never uses it: it could read files through SQL. */
export const adminRole = "latchkey_admin";

const serverSettings = [
  "listen_addresses=",
  `port=${socketPort}`,
  "unix_socket_permissions=0700",
  "fsync=on",
  "synchronous_commit=on",
  "full_page_writes=on",
  // initdb copies the machine's time zone into postgresql.conf.
  "timezone=UTC",
  "log_timezone=UTC",
  // An error would quote other people's data (the statement, the key of a duplicate row).
  "log_min_error_statement=panic",
  "log_error_verbosity=terse",
];
const startTimeoutMs = 300_000;

interface FindOptions {
  signal?: AbortSignal;
  timeout?: number;
}

/** The file descriptor through which PostgreSQL's processes inherit the lock on their files. */
const lockFd = 3;

/**
 * The PostgreSQL cluster in DATA_DIR/postgres. Not safe against other processes by itself: callers that initialize,
 * start or stop it must hold the turn of the DATA_DIR.
 */
export class Cluster {
  readonly directory: string;
  readonly logFile: string;
  /**
   * PostgreSQL's processes are running as long as this file is locked: each inherits the lock from its parent, and
   * initdb's file is never replaced.
   */
  readonly lockedFile: string;
  readonly #usualSocketDir: string;
  readonly #binaries: PostgresBinaries;
  readonly #account: PostgresAccount;

  constructor(dataDir: string) {
    this.directory = path.join(dataDir, "postgres");
    this.logFile = path.join(dataDir, "postgres.log");
    this.lockedFile = path.join(this.directory, "PG_VERSION");
    this.#usualSocketDir = path.join(dataDir, "run", "postgres");
    this.#binaries = findPostgresBinaries();
    this.#account = openPostgresAccount(this.directory, { program: this.#binaries.postgres, directory: dataDir });
  }

  /** Creates the cluster if it doesn't exist. Returns whether it did. */
  async initialise(adminPassword: string): Promise<boolean> {
    if (existsSync(this.directory)) return false;
    // A crash halfway leaves only the draft, which the next attempt removes.
    const draft = `${this.directory}.draft`;
    const passwordFile = `${draft}-password`;
    rmSync(draft, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
    mkdirSync(draft, { mode: 0o700 });
    closeSync(openOwned(this.#account, draft, O_RDONLY | O_DIRECTORY));
    try {
      writeFileSync(passwordFile, adminPassword, { mode: 0o600, flag: "wx" });
      closeSync(openOwned(this.#account, passwordFile, O_RDONLY));
      const args = [
        `--pgdata=${draft}`,
        `--username=${adminRole}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // PostgreSQL's own C.UTF-8 is the same on every system, whatever its locales.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--set=timezone=UTC",
        "--set=log_timezone=UTC",
      ];
      const run = (initdb: string) => this.#account.run(initdb, args);
      const { code, output } = await withShellSafeInitdb(this.#binaries.initdb, run);
      if (code !== 0) throw new Error(`PostgreSQL could not initialize ${this.directory}:\n${output}`);
    } finally {
      rmSync(passwordFile, { force: true });
    }
    renameSync(draft, this.directory);
    return true;
  }

  /**
   * The server that runs on this cluster and accepts connections; waits for one that is starting. One in another PID
   * namespace isn't found: it could be neither monitored nor stopped. Only to be called while `lockedFile` is locked: a
   * file left by a crash may name an unrelated process.
   * @throws UserError if it doesn't accept connections within `timeout` milliseconds
   */
  async findRunning({ signal, timeout = startTimeoutMs }: FindOptions = {}): Promise<Postmaster | null> {
    const deadline = performance.now() + timeout;
    for (;;) {
      const found = this.#readPostmasterFile();
      if (!found || !this.#isOurs(found.pid)) return null;
      if (found.ready) return { pid: found.pid, startTime: readStartTime(found.pid), socketDir: found.socketDir };
      if (performance.now() > deadline) {
        throw new UserError(
          `PostgreSQL (process ${found.pid}) in ${this.directory} has been starting or stopping for ` +
            `${Math.round(timeout / 1000)} seconds. See ${this.logFile}, end it (\`kill -INT ${found.pid}\`), and start again.`,
        );
      }
      await sleep(50, undefined, signal ? { signal } : {});
    }
  }

  /**
   * Starts the server.
   * @param lock on `lockedFile`
   * @param signal stops it if it doesn't accept connections yet: a recovery after a crash may take minutes
   * @param socketDir of an earlier server whose address is already known
   */
  async start(lock: FileLock, signal: AbortSignal, socketDir?: string): Promise<Postmaster> {
    const known = this.#removeTraces() ?? socketDir;
    const directory = known
      ? restoreSocketDirectory(known, this.#account)
      : await prepareSocketDirectory(this.#usualSocketDir, this.#account);
    // A list of quoted names: unquoted, commas and spaces would end one.
    const settings = [...serverSettings, `unix_socket_directories="${directory.replaceAll('"', '""')}"`];
    const args = ["-D", this.directory, ...settings.flatMap((setting) => ["-c", setting])];
    const log = openLog(this.#account, this.logFile);
    const child = this.#account.start(this.#binaries.postgres, args, ["ignore", log, log, lock.fd]);
    closeSync(log);
    child.unref();
    let failure: string | null = null;
    child.once("error", (error) => {
      failure = error.message;
    });
    child.once("exit", (code, signal) => {
      failure = `it ended with ${signal ?? `code ${code}`}`;
    });
    const deadline = performance.now() + startTimeoutMs;
    while (failure === null) {
      if (signal.aborted && child.pid !== undefined) {
        await this.stop({ pid: child.pid, startTime: readStartTime(child.pid), socketDir: directory });
        throw signal.reason;
      }
      const found = this.#readPostmasterFile();
      if (found?.ready && found.pid === child.pid) {
        return { pid: found.pid, startTime: readStartTime(found.pid), socketDir: found.socketDir };
      }
      if (performance.now() > deadline) failure = "it doesn't accept connections";
      await sleep(20);
    }
    const end = readFileSync(this.logFile, "utf8").trim().split("\n").slice(-5).join("\n");
    throw new Error(`PostgreSQL did not start: ${failure}.\nThe end of ${this.logFile}:\n${end}`);
  }

  /** Stops the server: running transactions are rolled back and connections closed. */
  async stop(postmaster: Postmaster) {
    const escalation: [NodeJS.Signals, number][] = [
      ["SIGINT", 20_000],
      ["SIGQUIT", 10_000],
    ];
    const isOver = () => !isAlive(postmaster.pid, postmaster.startTime);
    for (const [signal, milliseconds] of escalation) {
      if (!isOver()) process.kill(postmaster.pid, signal);
      const deadline = performance.now() + milliseconds;
      while (!isOver() && performance.now() < deadline) await sleep(20);
    }
    if (!isOver()) throw new Error(`PostgreSQL (process ${postmaster.pid}) did not stop.`);
    removeSocketDirectory(postmaster.socketDir);
  }

  /**
   * Removes what a killed server left: PostgreSQL mistakes any running process with the PID in its file for a server.
   * @returns the folder of its socket if the next server can't find it otherwise
   */
  #removeTraces(): string | undefined {
    const previous = this.#readPostmasterFile();
    if (!previous) return undefined;
    // We hold the lock: if a postmaster can't be inspected, nothing indicates that it uses this directory.
    if (isPostmaster(previous.pid) && mayUse(previous.pid, "cwd", this.directory, false)) {
      throw new UserError(
        `PostgreSQL (process ${previous.pid}) was started on ${this.directory} by an earlier version of Latchkey: ` +
          `stop that, or \`kill -INT ${previous.pid}\` if it has ended already.`,
      );
    }
    rmSync(path.join(this.directory, "postmaster.pid"), { force: true });
    return isTemporary(previous.socketDir) ? previous.socketDir : undefined;
  }

  /** Whether a running process is the server that holds the lock; only called while the lock is held. */
  #isOurs(pid: number) {
    return isPostmaster(pid) && mayUse(pid, `fd/${lockFd}`, this.lockedFile, true);
  }

  #readPostmasterFile() {
    let lines: string[];
    try {
      lines = readFileSync(path.join(this.directory, "postmaster.pid"), "utf8").split("\n");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
    // Lines: pid, data directory, start time, port, socket directory, address, shared memory, status.
    return { pid: Number(lines[0]), socketDir: lines[4] ?? "", ready: lines[7]?.trim() === "ready" };
  }
}
