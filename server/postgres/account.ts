import { type ChildProcess, type SpawnSyncOptions, type StdioOptions, spawn, spawnSync } from "node:child_process";
import { fchownSync, statSync } from "node:fs";
import { chooseServiceUser, type UserIds } from "../root/service-user";
import { UserError } from "../user-error";

/** Runs PostgreSQL's programs, as another user if necessary: PostgreSQL refuses to run as root. */
export interface PostgresAccount {
  /** Runs a program to its end; resolves to its exit code and all its output. */
  run(program: string, args: string[]): Promise<{ code: number | null; output: string }>;
  /** Starts a program that outlives this process, in a new session: Ctrl-C in a terminal doesn't reach it. */
  start(program: string, args: string[], stdio: StdioOptions): ChildProcess;
  /** Transfers an open file or folder to the account. Not by path: a link could lead root to another file. */
  own(fd: number): void;
  /** The account's user ID; undefined on systems without them. */
  uid: number | undefined;
}

/**
 * The account for the cluster in `clusterDir`, which need not exist yet.
 * @param reachable folders and programs that the account must have access to
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
  const ids = chooseServiceUser([clusterDir]);
  return createAccount(canReach(ids, reachable) ? [] : buildReachingPrefix(ids), ids);
}

function createAccount(prefix: string[], ids: Partial<UserIds>): PostgresAccount {
  // PostgreSQL reads PGPORT, PGDATA and the like: an operator's client settings must not lead to another cluster.
  const env = { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C" };
  const identity = prefix.length > 0 ? {} : ids;
  // No shell: paths may contain any character.
  const launch = (program: string, args: string[], stdio: StdioOptions, detached: boolean) => {
    const [command = program, ...rest] = [...prefix, program, ...args];
    return spawn(command, rest, { cwd: "/", env, stdio, detached, ...identity });
  };
  return {
    uid: ids.uid ?? process.getuid?.(),
    start: (program, args, stdio) => launch(program, args, stdio, true),
    run(program, args) {
      return new Promise((resolve, reject) => {
        const child = launch(program, args, ["ignore", "pipe", "pipe"], false);
        let output = "";
        const collect = (chunk: Buffer) => {
          output += chunk.toString();
        };
        child.stdout?.on("data", collect);
        child.stderr?.on("data", collect);
        child.on("error", reject);
        child.on("close", (code) => resolve({ code, output: output.trim() }));
      });
    },
    own(fd) {
      if (ids.uid !== undefined && ids.gid !== undefined) fchownSync(fd, ids.uid, ids.gid);
    },
  };
}

function canReach(ids: UserIds, reachable: { program: string; directory: string }) {
  const options: SpawnSyncOptions = { ...ids, cwd: "/", stdio: "ignore" };
  return (
    spawnSync(reachable.program, ["--version"], options).status === 0 &&
    spawnSync("/bin/sh", ["-c", 'test -x "$0"', reachable.directory], options).status === 0
  );
}

/**
 * The checkout may be under a folder that only root can enter (/root, `mktemp -d`). Opening its parent folders to
 * everyone would be worse than this: the user keeps root's privilege to bypass file permissions, and nothing else.
 * `no_setuid_fixup` makes access(2) respect it too, which PostgreSQL uses to find its programs.
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
