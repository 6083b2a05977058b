import { readFileSync } from "node:fs";

/**
 * A pid alone does not name a process: after a crash or a reboot another one may carry it. Where /proc exists
 * its start time (and the boot it counts from) goes with it.
 */

/** @returns {string} the id of the running boot, or "" where the system doesn't tell */
function readBootId() {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
  } catch {
    return "";
  }
}

/**
 * State letter and start time of a process, from /proc/PID/stat.
 * @param {number} pid
 * @returns {{ state: string, start: string } | null | undefined} null: no such process; undefined: no /proc here
 */
function readProcStat(pid) {
  let stat;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return process.platform === "linux" ? null : undefined;
  }
  // The second field is the command in parentheses, which may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", start: fields[19] ?? "" };
}

/**
 * When the process started, as an opaque text without "-"; "" when it is gone or the system doesn't tell.
 * @param {number} pid
 */
export function readStartTime(pid) {
  const stat = readProcStat(pid);
  return stat ? `${readBootId()}.${stat.start}` : "";
}

/**
 * Whether the process lives. With a start time, whether it is still that very process.
 * A zombie counts as dead: a container without an init never reaps it.
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

/** This process as a file name can carry it: `<pid>-<start time>`. */
export function ownIdentity() {
  return `${process.pid}-${readStartTime(process.pid)}`;
}

/**
 * Whether the process lives that a file name starting with `<pid>-<start time>` belongs to.
 * @param {string} fileName
 */
export function isOwnerAlive(fileName) {
  const [pid, startTime] = fileName.split("-");
  return isAlive(Number(pid), startTime);
}
