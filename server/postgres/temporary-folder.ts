import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * A new temporary folder, or one under /tmp: TMPDIR may name a folder that is gone or that this user can't write to.
 * @param isSuitable whether a folder may have this path
 * @returns null if none can be created
 */
export function makeTemporaryFolder(prefix: string, isSuitable: (folder: string) => boolean): string | null {
  for (const base of [tmpdir(), "/tmp"]) {
    // mkdtemp appends six characters.
    if (!isSuitable(path.join(base, `${prefix}123456`))) continue;
    try {
      return mkdtempSync(path.join(base, prefix));
    } catch {
      // The next one may work.
    }
  }
  return null;
}
