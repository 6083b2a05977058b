import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isAlive } from "../setup/process-identity.mjs";

/** Whether a running process is a PostgreSQL server, and not another one that has inherited the PID. */
export function isPostmaster(pid: number): boolean {
  if (!isAlive(pid)) return false;
  let command: string;
  try {
    command =
      process.platform === "linux"
        ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
        : execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
  } catch {
    return false;
  }
  // Its children are called "postgres: checkpointer" and the like.
  return /(^|[/\\])postgres(\.exe)? /.test(command) && !/(^|[/\\])postgres: /.test(command);
}
