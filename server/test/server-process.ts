import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { buildDir, chooseServiceUser, type UserIds } from "../root/service-user";

const plainTraces = `--import=${pathToFileURL(path.resolve("server/test/plain-traces.mjs")).href}`;

/** `NODE_OPTIONS` of the servers. */
export const serverNodeOptions = [process.env.NODE_OPTIONS, plainTraces].filter(Boolean).join(" ");

/** Who is to answer machine endpoints in this run, if the person at the shell has said so. */
export function chosenMachineEndpoints(): { MACHINE_ENDPOINTS?: string } {
  const chosen = process.env.TEST_MACHINE_ENDPOINTS;
  return chosen ? { MACHINE_ENDPOINTS: chosen } : {};
}

/**
 * The user that a server switched to after being started as root, for the servers after it: a start as root takes one
 * more process. Null: the current user.
 */
export function findUserOfServer(logFile: string): UserIds | null {
  const isRoot = process.getuid?.() === 0;
  return isRoot && !readFileSync(logFile, "utf8").includes("Running as root") ? chooseServiceUser([buildDir]) : null;
}
