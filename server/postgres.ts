import { chmodSync, mkdirSync, mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createPostgresClient } from "@/lib/db/postgres";
import { abortable } from "./abortable";
import { adminRole, Cluster } from "./postgres/cluster";
import { joinOrStart, untilFree } from "./postgres/ownership";
import { socketPort } from "./postgres/socket-directory";
import { readOrCreateSecret } from "./secrets";
import { lockFile, withLock } from "./setup/lock.mjs";
import { isAlive } from "./setup/process-identity.mjs";
import { UserError } from "./user-error";

const appRole = "latchkey";
const appDatabase = "latchkey";
const watchIntervalMs = 500;

/** Milliseconds after which waiting for another process is reported. */
const noticeAfterMs = 5000;

/** A share in the embedded PostgreSQL of one DATA_DIR. */
export interface PostgresLease {
  /** Connection URL of the application's database. */
  url: string;
  /** Connection URL of a role that may create databases; for setup and tools. */
  adminUrl: string;
  /** The time zone in the cluster's configuration, regardless of what is set for its sessions. */
  readConfiguredZone(): Promise<string | null>;
  /** Releases the share; the last release stops PostgreSQL. */
  release(): Promise<void>;
}

export interface AcquireOptions {
  /** Receives a line about each step that takes a while. */
  report?: (message: string) => void;
  /** Aborts waiting and starting with its reason; a PostgreSQL that was started for this lease is stopped. */
  signal?: AbortSignal | undefined;
}

/**
 * Joins the PostgreSQL that runs on `dataDir`, or creates and starts it. Any number of processes of one PID namespace
 * may hold a lease at the same time; a crashed one no longer counts. While the lease is held, a PostgreSQL that dies is
 * restarted at the same address.
 * @throws UserError if PostgreSQL runs on it in another PID namespace
 */
export async function acquirePostgres(dataDir: string, options: AcquireOptions = {}): Promise<PostgresLease> {
  const { report, signal = new AbortController().signal } = options;
  const runDir = makeRunDir(dataDir);
  const usersFile = path.join(runDir, "users");
  const turnFile = path.join(runDir, "turn");
  const locked = <T>(work: () => Promise<T>, ending?: AbortSignal) => {
    const onWait = () =>
      report?.(
        "Waiting for another process that creates, starts or stops the PostgreSQL of this DATA_DIR. " +
          `If it hangs, find it with \`fuser ${turnFile}\``,
      );
    return withLock(turnFile, work, { onWait, noticeAfter: noticeAfterMs, signal: ending });
  };
  const adminPassword = readOrCreateSecret(dataDir, "postgres-admin-password");
  const appPassword = readOrCreateSecret(dataDir, "postgres-password");
  const cluster = new Cluster(dataDir);

  /** Whether no lease is left. Must not be called while holding one. */
  const isUnused = async () => {
    const lock = await lockFile(usersFile);
    lock?.release();
    return lock !== null;
  };

  const acquire = async () => {
    const onWait = () =>
      report?.(`Waiting for PostgreSQL to accept connections. What it is doing is in ${cluster.logFile}`);
    const slow = setTimeout(onWait, noticeAfterMs);
    try {
      return await joinAndShare();
    } finally {
      clearTimeout(slow);
    }
  };

  const joinAndShare = async () => {
    if (await cluster.initialise(adminPassword)) report?.(`created a PostgreSQL database in ${cluster.directory}`);
    const joined = await joinOrStart(cluster, runDir, signal);
    if (!joined) return null;
    const { postmaster, isNew } = joined;
    const shared = await lockFile(usersFile, { shared: true, wait: true });
    try {
      const url = buildUrl(adminRole, adminPassword, postmaster.socketDir, "postgres");
      await abortable(ensureDatabase(url, appPassword), signal);
    } catch (error) {
      shared?.release();
      // An existing one that doesn't answer wouldn't stop either.
      if ((isNew || !signal.aborted) && (await isUnused())) await cluster.stop(postmaster);
      throw error;
    }
    return { postmaster, lease: shared };
  };
  let { postmaster, lease } = await untilFree(cluster, runDir, signal, () => locked(acquire, signal));

  const leaving = new AbortController();
  let busy = Promise.resolve();
  const keepRunning = async () => {
    if (isAlive(postmaster.pid, postmaster.startTime)) return;
    report?.("PostgreSQL has stopped unexpectedly; starting it again");
    try {
      const restart = () => joinOrStart(cluster, runDir, leaving.signal, postmaster.socketDir);
      const attempt = () => locked(restart, leaving.signal);
      postmaster = (await untilFree(cluster, runDir, leaving.signal, attempt)).postmaster;
      report?.("PostgreSQL runs again");
    } catch (error) {
      if (!leaving.signal.aborted) report?.(`${(error as Error).message}\nTrying again.`);
    }
  };
  let idle = true;
  const watch = setInterval(() => {
    if (!idle) return;
    idle = false;
    busy = keepRunning().finally(() => {
      idle = true;
    });
  }, watchIntervalMs);
  watch.unref();

  let released: Promise<void> | null = null;
  const release = async () => {
    clearInterval(watch);
    leaving.abort();
    await busy;
    await locked(async () => {
      lease?.release();
      lease = null;
      if (!(await isUnused())) return;
      const lock = await lockFile(cluster.lockedFile);
      lock?.release();
      // While the lock is free nothing runs: the PID may belong to another PostgreSQL by now.
      const running = lock ? null : await cluster.findRunning();
      if (running) await cluster.stop(running);
    });
  };

  return {
    url: buildUrl(appRole, appPassword, postmaster.socketDir, appDatabase),
    adminUrl: buildUrl(adminRole, adminPassword, postmaster.socketDir, "postgres"),
    readConfiguredZone: () => readConfiguredZone(buildUrl(adminRole, adminPassword, postmaster.socketDir, "postgres")),
    release() {
      released ??= release();
      return released;
    },
  };
}

/** Creates DATA_DIR, which others may enter but not list: PostgreSQL may run as another user in it. */
export function prepareDataDir(dataDir: string) {
  try {
    if (mkdirSync(dataDir, { recursive: true })) chmodSync(dataDir, 0o711);
  } catch (error) {
    throw new UserError(
      `DATA_DIR ${dataDir} can't be created: ${(error as Error).message}. Set DATA_DIR to another folder.`,
    );
  }
}

/** A DATA_DIR for the duration of a test or a tool, which has to remove it. */
export function makeTemporaryDataDir(prefix: string): string {
  const dataDir = mkdtempSync(path.join(tmpdir(), prefix));
  chmodSync(dataDir, 0o711);
  return dataDir;
}

/**
 * Where the processes of one DATA_DIR meet. PostgreSQL's account enters it for the socket; the files have our own
 * locks.
 */
function makeRunDir(dataDir: string): string {
  const runDir = path.join(dataDir, "run");
  if (mkdirSync(runDir, { recursive: true })) chmodSync(runDir, 0o711);
  return runDir;
}

/** A port of 127.0.0.1 that is free at this moment. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** The host is the folder of the socket, as libpq and `pg` expect. */
function buildUrl(role: string, password: string, socketDir: string, database: string) {
  return `postgresql://${role}:${password}@${encodeURIComponent(socketDir)}:${socketPort}/${database}`;
}

/** Creates the application's role and database if they are missing. */
async function ensureDatabase(adminUrl: string, appPassword: string) {
  const client = createPostgresClient(adminUrl);
  try {
    await client.connect();
    const roles = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [appRole]);
    if (roles.rowCount === 0) {
      await client.query(`CREATE ROLE ${appRole} LOGIN PASSWORD ${client.escapeLiteral(appPassword)}`);
    }
    const databases = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [appDatabase]);
    if (databases.rowCount === 0) await client.query(`CREATE DATABASE ${appDatabase} OWNER ${appRole}`);
  } catch (error) {
    if ((error as { code?: string }).code !== "28P01") throw error;
    throw new UserError(
      "The database rejects the password in DATA_DIR/secrets: the folders `secrets` and `postgres` " +
        "don't belong together. Restore both from the same backup.",
    );
  } finally {
    await client.end();
  }
}

async function readConfiguredZone(adminUrl: string): Promise<string | null> {
  const client = createPostgresClient(adminUrl);
  try {
    await client.connect();
    const { rows } = await client.query<{ setting: string }>(
      "SELECT setting FROM pg_file_settings WHERE lower(name) = 'timezone' ORDER BY seqno DESC LIMIT 1",
    );
    return rows[0]?.setting ?? null;
  } finally {
    await client.end();
  }
}
