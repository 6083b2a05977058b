import { spawnSync } from "node:child_process";
import { closeSync, constants, fchmodSync, fchownSync, lstatSync, openSync, readdirSync, rmdirSync } from "node:fs";
import { UserError } from "../user-error";
import { handOver } from "./hand-over";
import { openOrMakeFolder } from "./open-folder";
import { buildDir, type UserIds } from "./service-user";

/** Gives the build to the user that the server runs as. */
export function handOverBuild(ids: UserIds): void {
  const checkout = openOrMakeFolder(process.cwd());
  try {
    handOver(checkout, buildDir, ids);
  } finally {
    closeSync(checkout.fd);
  }
}

/**
 * Removes a build that isn't root's before root builds anew: what root writes there, and what it removes, would go
 * where the other user's links lead. So that user removes it.
 * @returns who had it, and has the next one: the server runs as the owner of the last build
 */
export function removeForeignBuild(): UserIds | null {
  const found = lstatSync(buildDir, { throwIfNoEntry: false });
  if (!found?.isDirectory() || found.uid === 0) return null;
  const { uid, gid } = found;
  handOverBuild({ uid, gid });
  // That the folder itself stays, in a checkout that isn't the user's, is no failure.
  spawnSync("rm", ["-rf", buildDir], { uid, gid, stdio: "ignore" });
  try {
    if (lstatSync(buildDir, { throwIfNoEntry: false })) removeOrTakeOver();
  } catch (error) {
    const reason = (error as Error).message;
    throw new UserError(`The build in ${buildDir} belongs to uid ${uid}, who can't remove it (${reason}). Remove it.`);
  }
  return { uid, gid };
}

/** A folder that something is mounted on can't be removed: empty, it becomes root's. */
function removeOrTakeOver(): void {
  try {
    rmdirSync(buildDir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EBUSY") throw error;
    const fd = openSync(buildDir, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    try {
      fchownSync(fd, 0, 0);
      // Only now can its former owner put nothing more into it.
      fchmodSync(fd, 0o700);
      if (readdirSync(buildDir).length > 0) throw error;
    } finally {
      closeSync(fd);
    }
  }
}
