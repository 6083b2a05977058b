import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { UserError } from "../user-error";

/** The unprivileged user that replaces root: PostgreSQL refuses to run as root, and the server doesn't need it. */
export interface UserIds {
  uid: number;
  gid: number;
}

/** The last build. Only one user has access to it. */
export const buildDir = ".next";

/**
 * The owner of the first of these files or folders that belongs to a user; else of the last build; else of the
 * checkout; else a system user.
 * @throws UserError if there is none and none can be created
 */
export function chooseServiceUser(data: string[]): UserIds {
  for (const path of [...data, buildDir, "."]) {
    const owner = statSync(path, { throwIfNoEntry: false });
    if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  const existing = lookUpUser("latchkey");
  if (existing) return existing;
  // Debian, Fedora and similar systems have useradd; Alpine only has busybox's adduser.
  spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "latchkey"]);
  if (!lookUpUser("latchkey")) spawnSync("adduser", ["-S", "-D", "-H", "latchkey"]);
  // The last resort: its files are another database's.
  const created = lookUpUser("latchkey") ?? lookUpUser("postgres");
  if (created) return created;
  throw new UserError(
    "PostgreSQL refuses to run as root, and no system user could be created for it. " +
      "Create one (`useradd --system latchkey`), start Latchkey as an ordinary user, or set DATABASE_URL.",
  );
}

function lookUpUser(name: string): UserIds | null {
  const ask = (flag: string) => spawnSync("id", [flag, name], { encoding: "utf8" });
  const [uid, gid] = [ask("-u"), ask("-g")];
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

/** What a user must be able to do with a file, as in test(1): read, write or (for a folder) enter. */
export type Access = ["-r" | "-w" | "-x", string];

/**
 * The first of these files that the user can't access; null if there is none.
 * @throws Error if this process may not act as that user
 */
export function findUnreachable(ids: UserIds, accesses: Access[]): string | null {
  const script = 'while [ $# -gt 0 ]; do test "$1" "$2" || { printf %s "$2"; exit 1; }; shift 2; done';
  const options = { ...ids, cwd: "/", encoding: "utf8" } as const;
  const { status, stdout, error } = spawnSync("/bin/sh", ["-c", script, "sh", ...accesses.flat()], options);
  if (error) throw error;
  return status === 0 ? null : stdout;
}
