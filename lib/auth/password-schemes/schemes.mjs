import { bcrypt } from "./bcrypt.mjs";
import { bcryptSha384 } from "./bcrypt-sha384.mjs";

/** The scheme for new hashes. A hash of any other scheme is replaced when its user signs in. */
export const currentScheme = { name: "bcrypt-sha384", ...bcryptSha384 };

/** By the name stored with each hash. */
const schemes = new Map([
  [currentScheme.name, bcryptSha384],
  ["bcrypt", bcrypt],
]);

/**
 * Null if no scheme has the name.
 * @returns {import("./scheme").PasswordScheme | null}
 */
export function findPasswordScheme(/** @type {string} */ name) {
  return schemes.get(name) ?? null;
}
