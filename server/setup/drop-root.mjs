import { fork } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { tmpdir } from "node:os";
import { endsAtHangUp } from "./hang-up.mjs";

/**
 * @typedef {{ ids: { uid: number, gid: number } } | { reason: string }} Outcome the user to go on as, or why to keep
 *   root
 */

/**
 * Goes on as an ordinary user if root has started this process. Comes before the first TypeScript: to translate that,
 * esbuild runs beside this process to its end, and does for root what is written into its pipe. So another process,
 * which ends, does what takes root: it finds the user, hands the files over and, for a server, builds the application.
 * @param {"server" | "command"} purpose
 * @returns {Promise<string | null>} in a sentence why this process keeps root; null if it has none (any more)
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
    // It was root's alone.
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
      // What must outlive a hang-up isn't in the group of processes that it reaches.
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
      // It has said what is wrong.
      if (outcome === null) process.exit(code || 1);
      resolve(outcome);
    });
  });
}
