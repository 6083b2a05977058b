import { spawnSync } from "node:child_process";
import { closeSync, lstatSync, rmdirSync } from "node:fs";
import { BUILD_DIR, type UserIds } from "../service-user";
import { UserError } from "../user-error";
import { handOver } from "./hand-over";
import { openOrMakeFolder } from "./open-folder";

/** Gives the build to the user that the server runs as. */
export function handOverBuild(ids: UserIds): void {
  const checkout = openOrMakeFolder(process.cwd());
  try {
    handOver(checkout, BUILD_DIR, ids);
  } finally {
    closeSync(checkout.fd);
  }
}

/**
 * Removes a build that isn't root's before root builds anew: what root writes there, and what it removes, would go
 * where the other user's links lead. So that user removes it.
 */
export function removeForeignBuild(): void {
  const found = lstatSync(BUILD_DIR, { throwIfNoEntry: false });
  if (!found?.isDirectory() || found.uid === 0) return;
  const { uid, gid } = found;
  handOverBuild({ uid, gid });
  // That the folder itself stays, in a checkout that isn't the user's, is no failure.
  spawnSync("rm", ["-rf", BUILD_DIR], { uid, gid, stdio: "ignore" });
  try {
    if (lstatSync(BUILD_DIR, { throwIfNoEntry: false })) rmdirSync(BUILD_DIR);
  } catch (error) {
    const reason = (error as Error).message;
    throw new UserError(`The build in ${BUILD_DIR} belongs to uid ${uid}, who can't remove it (${reason}). Remove it.`);
  }
}
