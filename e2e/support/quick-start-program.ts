import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { QuickStart } from "@/lib/quick-starts/quick-start";
import { noteSecret } from "./secrets-seen";
import { waitFor } from "./wait-for";

/** Downloads and builds take long on a machine that has none of them yet. */
const patience = { timeout: 300_000, interval: 100 };

/** The files of a quick start in a folder of their own, and its commands running there. */
export class QuickStartProgram {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "latchkey-quick-start-"));
  #child: ChildProcess | null = null;
  #output = "";

  /** Types the commands as they are, the secret filled in. */
  start(quickStart: QuickStart, clientSecret: string): void {
    for (const file of quickStart.files) {
      const target = path.join(this.#folder, file.path);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.code);
    }
    noteSecret(clientSecret);
    const commands = quickStart.commands.map((line) => line.replace("=…", `=${clientSecret}`));
    // A group of its own: programs that start others (npm, Maven) don't end them.
    const child = spawn("sh", ["-e"], { cwd: this.#folder, detached: true, stdio: ["pipe", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        this.#output += chunk;
      });
    }
    child.stdin.end(commands.join("\n"));
    this.#child = child;
  }

  /** Repeats until there is an answer, while the program runs. */
  until<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
    return waitFor(
      what,
      async () => {
        const answer = await ask();
        if (answer === null && this.#child?.exitCode !== null) throw new Error(`It has ended:\n${this.#output}`);
        return answer;
      },
      patience,
    );
  }

  /** Waits for a line that matches, and returns its groups. */
  find(line: RegExp): Promise<string[]> {
    return this.until(`a line like ${line}`, async () => line.exec(this.#output)?.slice(1) ?? null);
  }

  get output(): string {
    return this.#output;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child?.pid && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      process.kill(-child.pid, "SIGKILL");
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
