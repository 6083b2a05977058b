import { closeSync, constants, fchownSync, fstatSync, openSync, readdirSync } from "node:fs";
import path from "node:path";
import { type OpenFolder, within } from "./open-folder";
import type { UserIds } from "./service-user";

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * Transfers root's files to a user, with everything inside. The user may write to these folders meanwhile: each file is
 * opened as the type it has, and no link is followed. Links stay root's, as do files with a second hard link, which may
 * be anywhere.
 */
export function handOver(folder: OpenFolder, name: string, ids: UserIds): void {
  const fd = openUnfollowed(within(folder, name));
  if (fd === null) return;
  try {
    const found = fstatSync(fd);
    if (found.isDirectory()) {
      // PostgreSQL's own folder is large, and nothing in it belongs to root.
      if (found.uid !== 0 && name === "postgres") return;
      const inside = { fd, path: path.join(folder.path, name) };
      for (const entry of readdirSync(within(inside, "."))) handOver(inside, entry, ids);
    }
    if (found.uid === 0 && (found.isDirectory() || (found.isFile() && found.nlink === 1))) {
      fchownSync(fd, ids.uid, ids.gid);
    }
  } finally {
    closeSync(fd);
  }
}

/** @returns null for a link, a socket, or a file that is gone */
function openUnfollowed(file: string): number | null {
  try {
    // Opening a pipe would block.
    return openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["ENOENT", "ELOOP", "EMLINK", "ENXIO", "EOPNOTSUPP"].includes(code)) return null;
    throw error;
  }
}
