import { closeSync, constants, fchownSync, fstatSync, openSync, readdirSync } from "node:fs";
import path from "node:path";
import { type OpenFolder, within } from "./open-folder";
import type { UserIds } from "./service-user";

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * Gives a user what is root's, with all that is in it. The user may write to these folders meanwhile: each file is
 * opened as what it is, and no link is followed. Links stay root's, as does a file with a second name, which may be
 * anywhere.
 */
export function handOver(folder: OpenFolder, name: string, ids: UserIds): void {
  const fd = openUnfollowed(within(folder, name));
  if (fd === null) return;
  try {
    const found = fstatSync(fd);
    if (found.isDirectory()) {
      // PostgreSQL's own folder is large, and nothing in it is root's.
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

/** @returns null for a link, a socket, or what is gone */
function openUnfollowed(file: string): number | null {
  try {
    // A pipe would be waited for.
    return openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["ENOENT", "ELOOP", "EMLINK", "ENXIO", "EOPNOTSUPP"].includes(code)) return null;
    throw error;
  }
}
