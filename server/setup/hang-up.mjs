import { execFileSync } from "node:child_process";
import { fstatSync, readFileSync, readSync, statSync } from "node:fs";
import path from "node:path";

/**
 * `nohup` makes the system ignore SIGHUP, and a program that starts this way keeps it ignored. Node.js resets all
 * signals before our first line runs, and so does npm in between: we can no longer see that SIGHUP was ignored. But we
 * can see the other traces of `nohup`.
 */

const sighupBit = 1n;

/** Keeps running after a hang-up if this process was started that way. */
export function respectNohup() {
  if (isStartedByNohup() || isIgnoredByShell()) process.on("SIGHUP", () => {});
}

/** Whether a hang-up ends this process; false after `respectNohup` has found that it must not. */
export function endsAtHangUp() {
  return process.listenerCount("SIGHUP") === 0;
}

function isStartedByNohup() {
  // bash and zsh put the name of the program they start here; programs that it starts in its place inherit it.
  return path.basename(process.env._ ?? "") === "nohup" || hasUnreadableInput() || writesToNohupFile();
}

/** GNU's nohup replaces a terminal on standard input with /dev/null, opened write-only. */
function hasUnreadableInput() {
  try {
    if (fstatSync(0).rdev !== statSync("/dev/null").rdev || !fstatSync(0).isCharacterDevice()) return false;
    readSync(0, Buffer.alloc(1));
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EBADF";
  }
}

/** Where nohup redirects output meant for a terminal. npm changes the folder and records the original one. */
function writesToNohupFile() {
  const folders = [process.env.INIT_CWD, process.cwd(), process.env.HOME].filter((folder) => folder !== undefined);
  return folders.some((folder) => [1, 2].some((fd) => isSame(fd, path.join(folder, "nohup.out"))));
}

/**
 * @param {number} fd
 * @param {string} file may be missing, or in another user's folder, as HOME is after some `sudo -u`
 */
function isSame(fd, file) {
  try {
    const [open, { ino, dev }] = [fstatSync(fd), statSync(file)];
    return open.ino === ino && open.dev === dev;
  } catch {
    return false;
  }
}

/** A shell can't undo that a signal was ignored when it started, so everything it starts inherits that. */
function isIgnoredByShell() {
  try {
    const { parent, command } = describeProcess(process.ppid);
    // npm runs in between for scripts of package.json.
    return ignoresHangUp(/^npm\b/.test(command) ? parent : process.ppid);
  } catch {
    // It has ended, or the system doesn't say.
    return false;
  }
}

/** @param {number} pid */
function describeProcess(pid) {
  if (process.platform !== "linux") {
    const [, parent, command = ""] = /^\s*(\d+)\s+(.*)$/.exec(ps(pid, "ppid=,args=")) ?? [];
    return { parent: Number(parent), command };
  }
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, "utf8") };
}

/** @param {number} pid */
function ignoresHangUp(pid) {
  const ignored =
    process.platform === "linux"
      ? /^SigIgn:\s*([\da-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
      : ps(pid, "sigignore=").trim();
  return (BigInt(`0x${ignored || "0"}`) & sighupBit) !== 0n;
}

/**
 * @param {number} pid
 * @param {string} columns
 */
function ps(pid, columns) {
  return execFileSync("ps", ["-o", columns, "-p", String(pid)], { encoding: "utf8" });
}
