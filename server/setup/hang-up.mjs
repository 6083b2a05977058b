import { execFileSync } from "node:child_process";
import { fstatSync, readFileSync, readSync, statSync } from "node:fs";
import path from "node:path";

/**
 * `nohup` has a signal ignored, and a program that finds it so at its start leaves it so. Node.js sets every signal
 * back before the first line of ours runs, and npm, which is between, does the same: that SIGHUP was ignored can't be
 * seen any more. What `nohup` leaves beside it can.
 */

const sighupBit = 1n;

/** Goes on after a hang-up if the one who started this process wanted that. */
export function heedNohup() {
  if (isStartedByNohup() || isIgnoredByShell()) process.on("SIGHUP", () => {});
}

/** Whether a hang-up ends this process; false after `heedNohup` has found that it must not. */
export function endsAtHangUp() {
  return process.listenerCount("SIGHUP") === 0;
}

function isStartedByNohup() {
  // bash and zsh name the program that they start; what that starts in its place keeps the name.
  return path.basename(process.env._ ?? "") === "nohup" || hasUnreadableInput() || writesToNohupFile();
}

/** GNU's nohup takes a terminal away from standard input by opening /dev/null for writing alone. */
function hasUnreadableInput() {
  try {
    if (fstatSync(0).rdev !== statSync("/dev/null").rdev || !fstatSync(0).isCharacterDevice()) return false;
    readSync(0, Buffer.alloc(1));
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EBADF";
  }
}

/** Where nohup leads what would have gone to a terminal. npm changes the folder and notes the first one. */
function writesToNohupFile() {
  const folders = [process.env.INIT_CWD, process.cwd(), process.env.HOME].filter((folder) => folder !== undefined);
  return folders.some((folder) => [1, 2].some((fd) => isSame(fd, path.join(folder, "nohup.out"))));
}

/**
 * @param {number} fd
 * @param {string} file that may be missing, or in a folder of another user's, as HOME is after some `sudo -u`
 */
function isSame(fd, file) {
  try {
    const [open, { ino, dev }] = [fstatSync(fd), statSync(file)];
    return open.ino === ino && open.dev === dev;
  } catch {
    return false;
  }
}

/** A shell can't take back that a signal was ignored when it started: it hands that on to all that it starts. */
function isIgnoredByShell() {
  try {
    const { parent, command } = describeProcess(process.ppid);
    // npm is between for the scripts of package.json.
    return ignoresHangUp(/^npm\b/.test(command) ? parent : process.ppid);
  } catch {
    // It has ended, or the system doesn't tell.
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
