import { bcrypt } from "./bcrypt.mjs";
import { bcryptSha384 } from "./bcrypt-sha384.mjs";

/** The scheme of new hashes. A hash of any other is made anew when its user signs in. */
export const currentScheme = { name: "bcrypt-sha384", ...bcryptSha384 };

/** By the name that is stored with each hash. */
const schemes = new Map([
  [currentScheme.name, bcryptSha384],
  ["bcrypt", bcrypt],
]);

/**
 * Null for a name that nobody has given a scheme.
 * @returns {import("./scheme").PasswordScheme | null}
 */
export function findPasswordScheme(/** @type {string} */ name) {
  return schemes.get(name) ?? null;
}
