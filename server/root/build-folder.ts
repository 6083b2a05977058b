import { spawnSync } from "node:child_process";
import { closeSync, constants, fchmodSync, fchownSync, lstatSync, openSync, readdirSync, rmdirSync } from "node:fs";
import { UserError } from "../user-error";
import { handOver } from "./hand-over";
import { openOrMakeFolder } from "./open-folder";
import { buildDir, type UserIds } from "./service-user";

/** Transfers the build to the user that the server runs as. */
export function handOverBuild(ids: UserIds): void {
  const checkout = openOrMakeFolder(process.cwd());
  try {
    handOver(checkout, buildDir, ids);
  } finally {
    closeSync(checkout.fd);
  }
}

/**
 * Removes a build that doesn't belong to root before root builds again: wherever root wrote or removed files, the other
 * user's links could lead elsewhere. So that user removes it.
 * @returns its owner, who also gets the next one: the server runs as the owner of the last build
 */
export function removeForeignBuild(): UserIds | null {
  const found = lstatSync(buildDir, { throwIfNoEntry: false });
  if (!found?.isDirectory() || found.uid === 0) return null;
  const { uid, gid } = found;
  handOverBuild({ uid, gid });
  // In a checkout that belongs to another user, the folder itself remains, which is fine.
  spawnSync("rm", ["-rf", buildDir], { uid, gid, stdio: "ignore" });
  try {
    if (lstatSync(buildDir, { throwIfNoEntry: false })) removeOrTakeOver();
  } catch (error) {
    const reason = (error as Error).message;
    throw new UserError(`The build in ${buildDir} belongs to uid ${uid}, who can't remove it (${reason}). Remove it.`);
  }
  return { uid, gid };
}

/** A mount point can't be removed: once empty, it becomes root's. */
function removeOrTakeOver(): void {
  try {
    rmdirSync(buildDir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EBUSY") throw error;
    const fd = openSync(buildDir, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    try {
      fchownSync(fd, 0, 0);
      // Only now can its former owner no longer add anything.
      fchmodSync(fd, 0o700);
      if (readdirSync(buildDir).length > 0) throw error;
    } finally {
      closeSync(fd);
    }
  }
}
