import { createHash } from "node:crypto";
import { bcrypt } from "./bcrypt.mjs";

/**
 * bcrypt over a digest of the whole password, 64 characters of base64, so that nothing is cut off (docs/adr/0005).
 * @type {import("./scheme").HashingScheme}
 */
export const bcryptSha384 = {
  readWork: bcrypt.readWork,
  verify: (password, hash) => bcrypt.verify(toDigest(password), hash),
  hash: (password, cost) => bcrypt.hash(toDigest(password), cost),
};

function toDigest(/** @type {string} */ password) {
  return createHash("sha384").update(password, "utf8").digest("base64");
}
