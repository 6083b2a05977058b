import { fork } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { tmpdir } from "node:os";
import { endsAtHangUp } from "./hang-up.mjs";

/**
 * @typedef {{ ids: { uid: number, gid: number } } | { reason: string }} Outcome the user to continue as, or why to keep
 * root
 */

/**
 * Continues as an unprivileged user if root has started this process. Runs before the first TypeScript: to translate
 * that, esbuild runs beside this process until its end, and does as root whatever is written to its pipe. So everything
 * that needs root happens in another process, which ends: it finds the user, transfers the files and, for a server,
 * builds the application.
 * @param {"server" | "command"} purpose
 * @returns {Promise<string | null>} why this process keeps root, as a sentence; null if it isn't root (any more)
 */
export async function dropRoot(purpose) {
  if (process.getuid?.() !== 0) return null;
  const outcome = await runAsRoot(purpose);
  if ("reason" in outcome) return `Running as root: ${outcome.reason}`;
  try {
    process.setgroups?.([]);
    process.setgid?.(outcome.ids.gid);
    process.setuid?.(outcome.ids.uid);
  } catch (error) {
    return `Running as root: ${/** @type {Error} */ (error).message}`;
  }
  try {
    accessSync(tmpdir(), constants.W_OK | constants.X_OK);
  } catch {
    // Only root could use it.
    process.env.TMPDIR = "/tmp";
  }
  return null;
}

/**
 * @param {"server" | "command"} purpose
 * @returns {Promise<Outcome>}
 */
function runAsRoot(purpose) {
  return new Promise((resolve, reject) => {
    const child = fork("server/as-root.mjs", [purpose], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      // A process that must outlive a hang-up can't be in the process group that it reaches.
      detached: !endsAtHangUp(),
    });
    /** @type {(signal: NodeJS.Signals) => void} */
    const passOn = (signal) => {
      child.kill(signal);
      process.exit(130);
    };
    /** @type {NodeJS.Signals[]} */
    const signals = ["SIGINT", "SIGTERM", ...(endsAtHangUp() ? [/** @type {const} */ ("SIGHUP")] : [])];
    for (const signal of signals) process.once(signal, passOn);
    /** @type {Outcome | null} */
    let outcome = null;
    child.once("message", (message) => {
      outcome = /** @type {Outcome} */ (message);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      for (const signal of signals) process.off(signal, passOn);
      // It has already printed what is wrong.
      if (outcome === null) process.exit(code || 1);
      resolve(outcome);
    });
  });
}
