import { type ChildProcess, spawn } from "node:child_process";
import type { UserIds } from "../root/service-user";

const stopMs = 15_000;

/** Processes that the runner has started and that haven't ended. */
const running = new Set<ChildProcess>();

export interface Outcome {
  code: number | null;
  output: string;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  /** Shows the output immediately instead of collecting it. */
  live?: boolean;
}

/** Runs one of the project's tools with this Node.js to its end. */
export function runTool(script: string, args: string[], { env = process.env, live = false }: RunOptions = {}) {
  return new Promise<Outcome>((resolve, reject) => {
    const child = start([script, ...args], { ...env, ...colours() });
    let output = "";
    const collect = (chunk: Buffer) => {
      if (live) process.stdout.write(chunk);
      else output += chunk.toString();
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** The tools write to a pipe; only the runner knows whether there is a terminal behind it. */
function colours(): Partial<NodeJS.ProcessEnv> {
  return process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1", FORCE_COLOR: undefined };
}

/**
 * Starts a Node.js script at the head of a new process group, so that its children can be stopped with it.
 * @param user the user to run as, if not the current one
 */
export function start(args: string[], env: NodeJS.ProcessEnv, user?: UserIds | null): ChildProcess {
  const child = spawn(process.execPath, args, { ...user, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

/** Asks a process and its children to stop, and kills them after a while. */
export function stop(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return Promise.resolve();
  return new Promise((resolve) => {
    const deadline = setTimeout(() => signalGroup(child, "SIGKILL"), stopMs);
    child.on("close", () => {
      clearTimeout(deadline);
      resolve();
    });
    signalGroup(child, "SIGTERM");
  });
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals) {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}

/** Stops everything that was started. */
export async function stopAll() {
  await Promise.all([...running].map(stop));
}
