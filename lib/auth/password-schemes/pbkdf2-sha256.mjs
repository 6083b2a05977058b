import { pbkdf2Sync, timingSafeEqual } from "node:crypto";

/** Iterations that take as long as one unit of bcrypt's work, measured. */
const iterationsPerUnit = 350;

const form = /^\$pbkdf2-sha256\$i=([1-9]\d{0,8})\$([A-Za-z0-9+/]{1,344})\$([A-Za-z0-9+/]{22,86})$/;

function read(/** @type {string} */ hash) {
  const [, iterations, salt, digest] = form.exec(hash) ?? [];
  if (!iterations || !salt || !digest) return null;
  return { iterations: Number(iterations), salt: Buffer.from(salt, "base64"), digest: Buffer.from(digest, "base64") };
}

/**
 * PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2), as Django stores passwords. Salt and digest are base64 without padding.
 * @type {import("./scheme").PasswordScheme}
 */
export const pbkdf2Sha256 = {
  readWork(hash) {
    const found = read(hash);
    return found && Math.max(1, Math.round(found.iterations / iterationsPerUnit));
  },
  verify(password, hash) {
    const found = read(hash);
    if (!found) return false;
    const { iterations, salt, digest } = found;
    return timingSafeEqual(pbkdf2Sync(password, salt, iterations, digest.length, "sha256"), digest);
  },
};
