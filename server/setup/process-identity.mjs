import { readFileSync, readlinkSync, statSync } from "node:fs";

/**
 * A PID alone doesn't identify a process: after a crash or a reboot another one may have it. On systems with /proc, its
 * start time (and the boot it counts from) is added.
 */

/** @returns {string} the ID of the running boot, or "" if the system doesn't say */
function readBootId() {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
  } catch {
    return "";
  }
}

/** Whether /proc numbers processes like this one's PID namespace; a namespace may still have its parent's /proc. */
function isProcOurs() {
  try {
    return Number(readlinkSync("/proc/self")) === process.pid;
  } catch {
    return false;
  }
}

/**
 * State letter and start time of a process, from /proc/PID/stat.
 * @param {number} pid
 * @returns {{ state: string, start: string } | null | undefined} null: no such process; undefined: no /proc here
 */
function readProcStat(pid) {
  if (!isProcOurs()) return undefined;
  let stat;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // The second field is the command in parentheses, which may itself contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", start: fields[19] ?? "" };
}

/**
 * When the process started, as an opaque text without "-"; "" if it is gone or the system doesn't say.
 * @param {number} pid
 */
export function readStartTime(pid) {
  const stat = readProcStat(pid);
  return stat ? `${readBootId()}.${stat.start}` : "";
}

/**
 * Whether the process is running; with a start time, whether it is still the same process. A zombie counts as dead: a
 * container without an init never reaps it.
 * @param {number} pid
 * @param {string} [startTime] from readStartTime
 */
export function isAlive(pid, startTime) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  const stat = readProcStat(pid);
  if (stat === null) return false;
  if (stat) {
    if (stat.state === "Z" || stat.state === "X") return false;
    return !startTime || startTime === `${readBootId()}.${stat.start}`;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** Identifies the PID namespace of this process across all machines; "" if the system doesn't say. */
export function readPidNamespace() {
  try {
    return `${readBootId()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return "";
  }
}

/**
 * Whether a link of a process in /proc leads to a file or folder. On systems without such links, the answer is that it
 * may.
 * @param {number} pid of this PID namespace
 * @param {"cwd" | `fd/${number}`} link
 * @param {string} file
 * @param {boolean} ifHidden the answer if the link can't be read: the process belongs to another user or group, or this
 * one is root in a container without CAP_SYS_PTRACE
 */
export function mayUse(pid, link, file, ifHidden) {
  if (process.platform !== "linux") return true;
  if (!isProcOurs()) return false;
  try {
    const [used, wanted] = [statSync(`/proc/${pid}/${link}`), statSync(file)];
    return used.dev === wanted.dev && used.ino === wanted.ino;
  } catch (error) {
    const isHidden = ["EACCES", "EPERM"].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? "");
    return isHidden && ifHidden;
  }
}
