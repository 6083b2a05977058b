import { closeSync, existsSync, fchownSync, fstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { readDatabaseUrl } from "@/lib/database-url";
import type { Configuration } from "@/lib/env";
import { handOverBuild } from "./root/build-folder";
import { handOver } from "./root/hand-over";
import { type OpenFolder, openOrMakeFolder, UntrustedLinkError, within } from "./root/open-folder";
import { type Access, buildDir, chooseServiceUser, findUnreachable, type UserIds } from "./root/service-user";

/** In these folders one entry stands for all: everything in a checkout has the same owner and mode. */
const code = [
  "package.json",
  "server/main.ts",
  "lib/env.ts",
  "lib/db/generated/client.ts",
  "prisma/schema.prisma",
].concat(["next", "tsx", "esbuild", "pg"].map((name) => `node_modules/${name}/package.json`));

/** Names of Latchkey's own files in DATA_DIR. */
const ownData = /^(postgres(\.draft|\.draft-password|\.log|\.log\.1)?|run|secrets)$/;

/** The user to continue as, or the reason to keep root, as a sentence. */
export type Outcome = { ids: UserIds } | { reason: string };

/**
 * The user that root switches to: the owner of the data or of the checkout, or a system user. Transfers ownership of
 * what the server writes.
 * @param port the port that the server will listen on; null for a command
 */
export function findUser(configuration: Configuration, port: number | null): Outcome {
  const dataDir = path.resolve(configuration.DATA_DIR);
  let folder: OpenFolder | null = null;
  try {
    const usesDataDir = !configuration.DATABASE_URL || !configuration.AUTH_SECRET;
    // Including its parent folders: the user couldn't create them, and must be able to enter them.
    if (usesDataDir) folder = openOrMakeFolder(dataDir);
    if (port !== null && port < readFirstOrdinaryPort()) return keep(`only root may listen on port ${port}`);
    const ids = chooseServiceUser([path.join(dataDir, "postgres"), dataDir]);
    const database = configuration.DATABASE_URL ? listDatabaseFiles(configuration.DATABASE_URL) : [];
    if (database === null) return keep("DATABASE_URL has no password, so the database may identify the system user");
    const unreachable = findUnreachable(ids, [
      ["-x", process.cwd()],
      ...code.map((file): Access => ["-r", path.resolve(file)]),
      ...database,
      ...(process.env.NODE_EXTRA_CA_CERTS ? [["-r", path.resolve(process.env.NODE_EXTRA_CA_CERTS)] as Access] : []),
      ...(usesDataDir ? [["-x", path.dirname(dataDir)] as Access] : []),
    ]);
    if (unreachable !== null) return keep(`the user with uid ${ids.uid} can't access ${unreachable}`);
    if (port !== null && ![0, ids.uid].includes(statSync(buildDir, { throwIfNoEntry: false })?.uid ?? 0)) {
      return keep(
        `the build in ${buildDir} is another user's, not that of uid ${ids.uid}. Remove it to build it again`,
      );
    }
    if (folder && !handOverData(folder, ids)) {
      return keep(`DATA_DIR ${dataDir} has files of other users: give it a folder of its own`);
    }
    if (port !== null) handOverBuild(ids);
    return { ids };
  } catch (error) {
    if (error instanceof UntrustedLinkError) throw error;
    return keep((error as Error).message);
  } finally {
    if (folder) closeSync(folder.fd);
  }
}

function keep(reason: string): Outcome {
  return { reason };
}

/** In containers, unprivileged processes can often use all ports. */
function readFirstOrdinaryPort(): number {
  try {
    return Number(readFileSync("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8"));
  } catch {
    // macOS lets any user listen on all addresses.
    return process.platform === "linux" ? 1024 : 0;
  }
}

/** The files needed to reach a database; null if it may identify its clients by their user (`peer`). */
function listDatabaseFiles(databaseUrl: string): Access[] | null {
  const { settings } = { settings: undefined, ...readDatabaseUrl(databaseUrl) };
  const [, query = ""] = databaseUrl.split("?", 2);
  const parameters = new URLSearchParams(query);
  if (settings?.host.startsWith("/")) return settings.password ? [["-x", settings.host]] : null;
  const files = ["sslrootcert", "sslcert", "sslkey"].map((name) => parameters.get(name));
  if (settings && !settings.password && !process.env.PGPASSWORD) files.push(findPasswordFile());
  return files.filter((file) => file && file !== "system").map((file): Access => ["-r", path.resolve(`${file}`)]);
}

/** PostgreSQL 18, §32.16: where the driver looks for a password if none is given. */
function findPasswordFile(): string | null {
  const file = process.env.PGPASSFILE || path.join(process.env.HOME || ".", ".pgpass");
  return existsSync(file) ? file : null;
}

/** Whether DATA_DIR now belongs to the user. A folder with other contents isn't transferred. */
function handOverData(dataDir: OpenFolder, ids: UserIds): boolean {
  const names = readdirSync(within(dataDir, "."));
  const { uid } = fstatSync(dataDir.fd);
  if (uid !== ids.uid) {
    if (uid !== 0 || !names.every((name) => ownData.test(name))) return false;
    fchownSync(dataDir.fd, ids.uid, ids.gid);
  }
  for (const name of names) if (ownData.test(name)) handOver(dataDir, name, ids);
  return true;
}
