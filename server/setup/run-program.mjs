import { spawn } from "node:child_process";
import { endsAtHangUp } from "./hang-up.mjs";

/** A setup step failed in a way that its message fully explains. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
}

/**
 * Runs a program to its end. Its output is hidden unless it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<string>} its output
 */
export function runProgram(command, args, { env = process.env, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    // A hang-up reaches the whole process group: what must outlive it runs in its own group.
    const child = spawn(command, args, { env, shell, stdio: ["ignore", "pipe", "pipe"], detached: !endsAtHangUp() });
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => reject(new SetupError(`Could not run ${command}: ${error.message}`)));
    child.on("close", (code, signal) => {
      if (code === 0) resolve(output);
      // Ctrl-C reaches the whole process group: nothing failed, it was stopped.
      else if (signal === "SIGINT") process.exit(130);
      else reject(new SetupError(`${output.trim()}\n\n\`${[command, ...args].join(" ")}\` failed.`));
    });
  });
}
