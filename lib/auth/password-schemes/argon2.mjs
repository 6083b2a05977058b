/** Kibibytes filled, times passes, as long as one unit of bcrypt's work takes, measured. */
const blocksPerUnit = 40;

const form =
  /^\$argon2(?:id|i|d)\$v=19\$m=([1-9]\d{0,7}),t=([1-9]\d{0,3}),p=([1-9]\d{0,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,86}$/;

function read(/** @type {string} */ hash) {
  const [, m, t, p] = form.exec(hash) ?? [];
  return m && t && p ? { kibibytes: Number(m), passes: Number(t), lanes: Number(p) } : null;
}

/** The memory of one comparison in bytes; null if the text is no such hash. */
export function readArgon2Memory(/** @type {string} */ hash) {
  const cost = read(hash);
  return cost && cost.kibibytes * 1024;
}

/**
 * Argon2id, Argon2i and Argon2d, version 1.3 (RFC 9106), in the PHC string format. Lanes are computed one after the
 * other.
 * @type {import("./scheme").PasswordScheme}
 */
export const argon2 = {
  readWork(hash) {
    const cost = read(hash);
    // RFC 9106 §3.1: at least 8 blocks for each lane.
    if (!cost || cost.kibibytes < 8 * cost.lanes) return null;
    return Math.max(1, Math.round((cost.kibibytes * cost.passes) / blocksPerUnit));
  },
  async verify(password, hash) {
    // The library refuses an empty password, and no account has one: compared all the same, for the time it takes.
    const { argon2Verify } = await import("hash-wasm");
    const matches = await argon2Verify({ password: password || "\0", hash });
    return matches && password !== "";
  },
};
