import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lockFile } from "../setup/lock.mjs";
import { readPidNamespace } from "../setup/process-identity.mjs";
import { UserError } from "../user-error";
import type { Cluster, Postmaster } from "./cluster";

const note = "started-in";

/** A container that is being replaced takes its PostgreSQL with it shortly. */
const elsewhereMs = 3000;

/** The processes of a killed PostgreSQL only notice, and end, at their next check. */
const endingMs = 60_000;

export interface Joined {
  postmaster: Postmaster;
  /** Whether it was started by this call. */
  isNew: boolean;
}

/**
 * The PostgreSQL that runs on the cluster, or a new one. Whether one runs is decided by the lock on the cluster's
 * files, which its processes hold: neither a PID nor a port means anything in another container. The caller holds the
 * turn.
 * @param runDir records where PostgreSQL was started
 * @param signal ends the wait, and the start of one that doesn't accept connections yet
 * @param socketDir of an earlier server whose address is already known
 * @returns null if the files are in use and no process here can join
 */
export async function joinOrStart(
  cluster: Cluster,
  runDir: string,
  signal: AbortSignal,
  socketDir?: string,
): Promise<Joined | null> {
  // First: while the lock is free nothing runs, whatever a stale postmaster.pid names.
  const lock = await lockFile(cluster.lockedFile, { signal });
  if (!lock) {
    const postmaster = await cluster.findRunning({ signal });
    return postmaster && { postmaster, isNew: false };
  }
  try {
    // Created anew: a link planted by PostgreSQL's account would lead root to another file.
    rmSync(path.join(runDir, note), { force: true });
    writeFileSync(path.join(runDir, note), `${readPidNamespace()}\n${hostname()}\n`, { mode: 0o600, flag: "wx" });
    return { postmaster: await cluster.start(lock, signal, socketDir), isNew: true };
  } finally {
    // From now on only PostgreSQL holds it.
    lock.release();
  }
}

/**
 * Retries as long as the files may still become free.
 * @param attempt takes the turn itself, so that nobody waits during the pauses
 * @throws UserError if they are in use in another PID namespace
 */
export async function untilFree<T>(
  cluster: Cluster,
  runDir: string,
  signal: AbortSignal,
  attempt: () => Promise<T | null>,
): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    const outcome = await attempt();
    if (outcome !== null) return outcome;
    const place = readNote(path.join(runDir, note));
    const isHere = place.namespace === readPidNamespace();
    const timeoutMs = isHere ? endingMs : elsewhereMs;
    if (performance.now() - startedAt > timeoutMs) throw refuse(cluster, isHere ? null : place.host);
    await sleep(100, undefined, { signal });
  }
}

function readNote(file: string): { namespace: string; host: string } {
  try {
    const [namespace = "", host = ""] = readFileSync(file, "utf8").split("\n");
    return { namespace, host };
  } catch {
    return { namespace: "", host: "" };
  }
}

function refuse({ directory, lockedFile }: Cluster, host: string | null) {
  if (host === null) {
    return new UserError(
      `Another process still holds the database in ${directory}: find it with \`fuser ${lockedFile}\` and stop it.`,
    );
  }
  const where = host ? ` (host name ${host})` : "";
  return new UserError(
    `The database in ${directory} is in use by a Latchkey in another container or PID namespace${where}: ` +
      "run this there, for example with `docker exec`, set another DATA_DIR, or share one database with DATABASE_URL.",
  );
}
