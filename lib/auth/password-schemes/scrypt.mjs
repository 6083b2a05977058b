import { scryptSync, timingSafeEqual } from "node:crypto";

/** Blocks mixed in as long as one unit of bcrypt's work takes, measured. */
const blocksPerUnit = 200;

const form =
  /^\$scrypt\$ln=([1-9]\d?),r=([1-9]\d{0,2}),p=([1-9]\d{0,2})\$([A-Za-z0-9+/]{1,344})\$([A-Za-z0-9+/]{22,172})$/;

function read(/** @type {string} */ hash) {
  const [, ln, r, p, salt, digest] = form.exec(hash) ?? [];
  if (!salt || !digest) return null;
  const cost = { N: 2 ** Number(ln), r: Number(r), p: Number(p) };
  return { cost, salt: Buffer.from(salt, "base64"), digest: Buffer.from(digest, "base64") };
}

/** The memory of one comparison in bytes (RFC 7914 §2); null if the text is no such hash. */
export function readScryptMemory(/** @type {string} */ hash) {
  const cost = read(hash)?.cost;
  return cost ? 128 * cost.r * (cost.N + cost.p) : null;
}

/**
 * scrypt (RFC 7914) in the form of the PHC string format. Salt and digest are base64 without padding.
 * @type {import("./scheme").PasswordScheme}
 */
export const scrypt = {
  readWork(hash) {
    const cost = read(hash)?.cost;
    // RFC 7914 §6: a larger N than 2 to the power of 16 r can't be computed.
    if (cost && Math.log2(cost.N) >= 16 * cost.r) return null;
    return cost ? Math.max(1, Math.round((cost.N * cost.r * cost.p) / blocksPerUnit)) : null;
  },
  verify(password, hash) {
    const found = read(hash);
    if (!found) return false;
    const { cost, salt, digest } = found;
    // Node.js refuses more than 32 MiB unless told otherwise; what is stored is within bounds.
    const maxmem = 2 * 128 * cost.r * (cost.N + cost.p);
    return timingSafeEqual(scryptSync(password, salt, digest.length, { ...cost, maxmem }), digest);
  },
};
