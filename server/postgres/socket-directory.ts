import { randomBytes } from "node:crypto";
import { closeSync, constants, fchmodSync, fstatSync, mkdirSync, openSync, rmdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { UserError } from "../user-error";
import type { PostgresAccount } from "./account";
import { makeTemporaryFolder } from "./temporary-folder";

/** PostgreSQL names its socket by this number, even without a TCP port. */
export const socketPort = 5432;
const socketName = `.s.PGSQL.${socketPort}`;

/** sockaddr_un has room for 108 bytes on Linux and 104 on macOS, including a terminating NUL. */
const maxSocketPath = 103;
const temporaryPrefix = "latchkey-socket-";

/**
 * A folder that only PostgreSQL's account may enter, and in which a socket can listen: `preferred`, or a new temporary
 * folder if its path is too long for a socket or its file system doesn't support them.
 */
export async function prepareSocketDirectory(preferred: string, account: PostgresAccount): Promise<string> {
  if (fits(preferred)) {
    restoreSocketDirectory(preferred, account);
    if (await canListen(preferred)) return preferred;
  }
  const directory = makeTemporaryFolder(temporaryPrefix, fits);
  if (directory) {
    makePrivate(directory, account);
    if (await canListen(directory)) return directory;
    removeSocketDirectory(directory);
  }
  throw new UserError(
    `PostgreSQL needs a folder for its socket: neither ${preferred} nor one under ${tmpdir()} or /tmp can hold one. ` +
      "Set DATA_DIR to a shorter path on a local file system, or set DATABASE_URL.",
  );
}

/** Recreates the folder of an earlier server: processes that know its address find the next one there. */
export function restoreSocketDirectory(directory: string, account: PostgresAccount): string {
  makePrivate(directory, account);
  removeSocket(directory);
  return directory;
}

/** Whether this is a temporary folder. */
export function isTemporary(directory: string): boolean {
  return path.basename(directory).startsWith(temporaryPrefix);
}

/** Removes a socket that is no longer used, and its folder if it was created for that server only. */
export function removeSocketDirectory(directory: string) {
  removeSocket(directory);
  if (!isTemporary(directory)) return;
  try {
    rmdirSync(directory);
  } catch {
    // It is gone, or contains something else: not ours to remove.
  }
}

function removeSocket(directory: string) {
  for (const name of [socketName, `${socketName}.lock`]) rmSync(path.join(directory, name), { force: true });
}

function fits(directory: string) {
  return Buffer.byteLength(path.join(directory, socketName)) <= maxSocketPath;
}

function makePrivate(directory: string, account: PostgresAccount) {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  // Under /tmp, anyone could have created it.
  const fd = openFolder(directory);
  try {
    if (fd === null || ![process.getuid?.(), account.uid].includes(fstatSync(fd).uid)) {
      throw new UserError(`${directory} belongs to another user, but PostgreSQL needs it for its socket. Remove it.`);
    }
    fchmodSync(fd, 0o700);
    account.own(fd);
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

/** @returns null if it is a link, or not a folder */
function openFolder(directory: string): number | null {
  try {
    return openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch {
    return null;
  }
}

/** Some file systems don't support sockets (shared folders of virtual machines, exFAT). */
function canListen(directory: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", () => resolve(false));
    server.listen(path.join(directory, `.try${randomBytes(3).toString("hex")}`), () =>
      server.close(() => resolve(true)),
    );
  });
}
