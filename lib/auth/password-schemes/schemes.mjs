import { argon2 } from "./argon2.mjs";
import { bcrypt } from "./bcrypt.mjs";
import { bcryptSha384 } from "./bcrypt-sha384.mjs";
import { pbkdf2Sha256 } from "./pbkdf2-sha256.mjs";
import { scrypt } from "./scrypt.mjs";

/** The scheme for new hashes. A hash of any other scheme is replaced when its user signs in. */
export const currentScheme = { name: "bcrypt-sha384", ...bcryptSha384 };

/**
 * By the name stored with each hash.
 * @type {Map<string, import("./scheme").PasswordScheme>}
 */
const schemes = new Map([
  [currentScheme.name, bcryptSha384],
  ["bcrypt", bcrypt],
  ["pbkdf2-sha256", pbkdf2Sha256],
  ["argon2", argon2],
  ["scrypt", scrypt],
]);

/**
 * Null if no scheme has the name.
 * @returns {import("./scheme").PasswordScheme | null}
 */
export function findPasswordScheme(/** @type {string} */ name) {
  return schemes.get(name) ?? null;
}
