import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * A new folder under the one for temporary files, or else under /tmp: TMPDIR may name one that is gone or that this
 * user can't write to.
 * @param isSuitable whether a folder may have this path
 * @returns null if none can be made
 */
export function makeTemporaryFolder(prefix: string, isSuitable: (folder: string) => boolean): string | null {
  for (const base of [tmpdir(), "/tmp"]) {
    // mkdtemp puts six characters at the end.
    if (!isSuitable(path.join(base, `${prefix}123456`))) continue;
    try {
      return mkdtempSync(path.join(base, prefix));
    } catch {
      // The next one may do.
    }
  }
  return null;
}
