import { spawn } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SetupError } from "./run-program.mjs";

/**
 * Kernel locks (flock): one is released when the last process that holds it ends, however it ends, and is visible to
 * every process on the same files, in any container. A PID offers neither: PID namespaces number their processes
 * independently. Node.js can't request such a lock, but passes the flags with which open(2) locks on macOS; on Linux
 * the program `flock` locks a file that this process has opened, and the lock remains when that program ends.
 */

const lockFlags = process.platform === "darwin" ? { shared: 0x10, exclusive: 0x20 } : null;
const pollMs = 25;

/** root's lock may be in another user's folder, whose links can lead anywhere. */
const openFlags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;

/**
 * @typedef {object} FileLock
 * @property {number} fd a process that inherits it also holds the lock
 * @property {() => void} release releases this process's share
 */

/**
 * Locks a file, which is created if it is missing.
 * @param {string} file
 * @param {{ shared?: boolean, wait?: boolean, signal?: AbortSignal | undefined }} [options] shared: together with other
 * shared locks; signal: ends the wait with its reason
 * @returns {Promise<FileLock | null>} null if another process holds it and `wait` is false
 */
export async function lockFile(file, { shared = false, wait = false, signal } = {}) {
  signal?.throwIfAborted();
  const fd = lockFlags
    ? await openLocked(file, shared ? lockFlags.shared : lockFlags.exclusive, wait, signal)
    : await openAndLock(file, shared, wait, signal);
  return fd === null ? null : { fd, release: () => closeSync(fd) };
}

/**
 * @param {string} file
 * @param {number} lock
 * @param {boolean} wait
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<number | null>}
 */
async function openLocked(file, lock, wait, signal) {
  for (;;) {
    try {
      return openSync(file, openFlags | constants.O_NONBLOCK | lock, 0o600);
    } catch (error) {
      const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code === "ENOTSUP") throw cannotLock(file, message);
      if (code !== "EAGAIN") throw error;
    }
    if (!wait) return null;
    await sleep(pollMs, undefined, signal ? { signal } : {});
  }
}

/**
 * @param {string} file
 * @param {boolean} shared
 * @param {boolean} wait
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<number | null>}
 */
async function openAndLock(file, shared, wait, signal) {
  const fd = openSync(file, openFlags, 0o600);
  try {
    const { code, output } = await runFlock([shared ? "-s" : "-x", ...(wait ? [] : ["-n"]), "3"], fd, signal);
    signal?.throwIfAborted();
    if (code === 0) return fd;
    if (code !== 1) throw cannotLock(file, output);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  closeSync(fd);
  return null;
}

/**
 * @param {string[]} args
 * @param {number} fd becomes file descriptor 3
 * @param {AbortSignal | undefined} signal ends it
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function runFlock(args, fd, signal) {
  const env = { ...process.env, PATH: [process.env.PATH, "/usr/bin", "/bin"].filter(Boolean).join(path.delimiter) };
  return new Promise((resolve, reject) => {
    // In a new session: this process handles Ctrl-C in a terminal.
    const child = spawn("flock", args, { env, stdio: ["ignore", "ignore", "pipe", fd], detached: true });
    const abort = () => child.kill();
    signal?.addEventListener("abort", abort);
    let output = "";
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", (error) => {
      reject(
        new SetupError(`The program \`flock\` can't be run (${error.message}). Install util-linux, which has it.`),
      );
    });
    child.on("close", (code) => {
      signal?.removeEventListener("abort", abort);
      resolve({ code, output: output.trim() });
    });
  });
}

/**
 * @param {string} file
 * @param {string} reason
 */
function cannotLock(file, reason) {
  return new SetupError(
    `${file} can't be locked (${reason}): its file system doesn't support locks. Use a folder on another file system.`,
  );
}

/**
 * Runs `work` while no other process holds the lock.
 * @template T
 * @param {string} file created if it is missing; its folder exists
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void, noticeAfter?: number, signal?: AbortSignal | undefined }} [options] onWait is called
 * once if another process holds the lock for longer than `noticeAfter` milliseconds; signal: ends the wait, not the
 * work
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait, noticeAfter = 1000, signal } = {}) {
  const slow = setTimeout(() => onWait?.(), noticeAfter);
  let lock;
  try {
    lock = await lockFile(file, { wait: true, signal });
  } finally {
    clearTimeout(slow);
  }
  try {
    return await work();
  } finally {
    lock?.release();
  }
}
