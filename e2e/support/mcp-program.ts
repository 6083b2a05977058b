import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { waitFor } from "./wait-for";

/** A running program of docs/mcp, and its output. */
export class McpProgram {
  readonly #child: ChildProcess;
  #output = "";

  constructor(folder: string, command: string, args: readonly string[], env: Record<string, string> = {}) {
    this.#child = spawn(command, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.#output += chunk;
      });
    }
  }

  /** Waits for a line that matches, and returns its first group. */
  find(line: RegExp): Promise<string> {
    return waitFor(`a line like ${line}`, async () => {
      const found = line.exec(this.#output);
      if (!found && this.#child.exitCode !== null) throw new Error(`The program has ended:\n${this.#output}`);
      return found && (found[1] ?? found[0]);
    });
  }

  /** The exit code; null if a signal ended it. */
  async end(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "exit");
    return this.#child.exitCode;
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.end();
  }
}
