import bcryptjs from "bcryptjs";

/** bcrypt's cost in a stored hash; null if it isn't a bcrypt hash. */
export function readHashCost(/** @type {string} */ hash) {
  const cost = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(hash)?.[1];
  return cost === undefined ? null : Number(cost);
}

/** The work of one hash at this cost. */
export function toWork(/** @type {number} */ cost) {
  return 2 ** cost;
}

/**
 * bcrypt of the password itself, as other software stores it, for imported users. It reads 72 bytes and stops at a NUL,
 * so it creates no new hashes.
 * @type {import("./scheme").HashingScheme}
 */
export const bcrypt = {
  readWork(hash) {
    const cost = readHashCost(hash);
    return cost === null ? null : toWork(cost);
  },
  verify: (password, hash) => bcryptjs.compareSync(password, hash),
  hash: (password, cost) => bcryptjs.hashSync(password, cost),
};
