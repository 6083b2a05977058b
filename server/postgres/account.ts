import { type SpawnSyncOptions, spawn, spawnSync } from "node:child_process";
import { chownSync, statSync } from "node:fs";
import { UserError } from "../user-error";

/** Runs PostgreSQL's programs, as another user where it has to: PostgreSQL refuses to run as root. */
export interface PostgresAccount {
  /** Runs a program to its end; resolves to its exit code and everything it printed. */
  run(program: string, args: string[]): Promise<{ code: number | null; output: string }>;
  /** Hands a file or folder over to the account. */
  own(path: string): void;
}

interface UserIds {
  uid: number;
  gid: number;
}

/**
 * The account for the cluster in `clusterDir`, which may not exist yet.
 * @param reachable folders and programs that the account has to get at
 */
export function openPostgresAccount(clusterDir: string, reachable: { program: string; directory: string }) {
  const ownUid = process.getuid?.();
  if (ownUid !== 0) {
    const owner = statSync(clusterDir, { throwIfNoEntry: false });
    if (owner && ownUid !== undefined && owner.uid !== ownUid) {
      throw new UserError(
        `The database in ${clusterDir} belongs to another user (uid ${owner.uid}). ` +
          "Start as that user, or set DATA_DIR to a folder of your own.",
      );
    }
    return createAccount([], {});
  }
  const ids = chooseServiceUser(clusterDir);
  return createAccount(canReach(ids, reachable) ? [] : buildReachingPrefix(ids), ids);
}

function createAccount(prefix: string[], ids: Partial<UserIds>): PostgresAccount {
  // PostgreSQL reads PGPORT, PGDATA and the like: whoever has its client set up must not get another cluster.
  const env = { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C" };
  return {
    run(program, args) {
      const [command = program, ...rest] = [...prefix, program, ...args];
      const identity = prefix.length > 0 ? {} : ids;
      return new Promise((resolve, reject) => {
        const child = spawn(command, rest, { cwd: "/", env, stdio: ["ignore", "pipe", "pipe"], ...identity });
        let output = "";
        const collect = (chunk: Buffer) => {
          output += chunk.toString();
        };
        child.stdout.on("data", collect);
        child.stderr.on("data", collect);
        child.on("error", reject);
        child.on("close", (code) => resolve({ code, output: output.trim() }));
      });
    },
    own(path) {
      if (ids.uid !== undefined && ids.gid !== undefined) chownSync(path, ids.uid, ids.gid);
    },
  };
}

/** Whose the cluster already is; else whose the checkout is; else a system user. */
function chooseServiceUser(clusterDir: string): UserIds {
  for (const path of [clusterDir, process.cwd()]) {
    const owner = statSync(path, { throwIfNoEntry: false });
    if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  const existing = lookUpUser("postgres") ?? lookUpUser("latchkey");
  if (existing) return existing;
  // Debian, Fedora and their like have useradd; Alpine has only busybox's adduser.
  spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "latchkey"]);
  if (!lookUpUser("latchkey")) spawnSync("adduser", ["-S", "-D", "-H", "latchkey"]);
  const created = lookUpUser("latchkey");
  if (created) return created;
  throw new UserError(
    "PostgreSQL refuses to run as root, and no system user could be made for it. " +
      "Make one (`useradd --system latchkey`), start Latchkey as an ordinary user, or set DATABASE_URL.",
  );
}

function lookUpUser(name: string): UserIds | null {
  const ask = (flag: string) => spawnSync("id", [flag, name], { encoding: "utf8" });
  const [uid, gid] = [ask("-u"), ask("-g")];
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

function canReach(ids: UserIds, reachable: { program: string; directory: string }) {
  const options: SpawnSyncOptions = { ...ids, cwd: "/", stdio: "ignore" };
  return (
    spawnSync(reachable.program, ["--version"], options).status === 0 &&
    spawnSync("/bin/sh", ["-c", 'test -x "$0"', reachable.directory], options).status === 0
  );
}

/**
 * The checkout may lie under a folder that only root may enter (/root, `mktemp -d`). Opening the parents of somebody's
 * folder to everyone would be worse than this: the user keeps root's right to pass file permissions, and nothing else.
 * `no_setuid_fixup` makes access(2) honour it too, with which PostgreSQL looks for its programs.
 */
function buildReachingPrefix(ids: UserIds): string[] {
  const rights = "+dac_override,+dac_read_search";
  const prefix = [
    "setpriv",
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    "--clear-groups",
    "--securebits=+no_setuid_fixup",
    `--inh-caps=-all,${rights}`,
    `--ambient-caps=${rights}`,
    `--bounding-set=-all,${rights}`,
  ];
  const [command = "setpriv", ...args] = prefix;
  if (spawnSync(command, [...args, "true"], { cwd: "/", stdio: "ignore" }).status === 0) return prefix;
  throw new UserError(
    `PostgreSQL refuses to run as root, and the user it would run as (uid ${ids.uid}) may not enter ${process.cwd()}. ` +
      "Install util-linux's `setpriv`, move the checkout to a folder that other users may enter, " +
      "start Latchkey as an ordinary user, or set DATABASE_URL.",
  );
}
