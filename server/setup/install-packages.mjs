import { existsSync, readFileSync } from "node:fs";
import { runProgram } from "./run-program.mjs";

const hiddenLockfile = "node_modules/.package-lock.json";

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }}
 *   LockedPackage
 */

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}

/**
 * Whether node_modules contains what package-lock.json specifies. npm writes its own copy of the lock file into
 * node_modules when an installation is complete, so a partial one has none.
 * @param {{ dev: boolean }} scope dev: including packages that are only needed for building and testing
 */
export function arePackagesInstalled({ dev }) {
  if (!existsSync(hiddenLockfile)) return false;
  const installed = readPackages(hiddenLockfile);
  return Object.entries(readPackages("package-lock.json")).every(([folder, wanted]) => {
    if (folder === "") return true;
    const found = installed[folder];
    if (found) return found.version === wanted.version && existsSync(folder);
    return wanted.optional || wanted.devOptional || (wanted.dev && !dev);
  });
}

/** `npm ci` with what building and testing need; requires nothing but an npm registry. */
export async function installPackages() {
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  // Prisma's install script would download an engine that this project doesn't use, and fail behind a firewall.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_SKIP_POSTINSTALL_GENERATE: "1" };
  const npm = process.env.npm_execpath;
  if (npm?.endsWith("npm-cli.js")) await runProgram(process.execPath, [npm, ...args], { env });
  else await runProgram("npm", args, { env, shell: process.platform === "win32" });
}
