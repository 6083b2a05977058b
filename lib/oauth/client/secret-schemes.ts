import { createHash } from "node:crypto";
import type { HashedSecret } from "../ports/client";
import { digest, equalDigests } from "../wire/digest";

/**
 * Whether this secret matches the hash, compared in constant time. No scheme is slow: the request waits for it, and
 * anyone may send wrong secrets.
 */
type Verify = (secret: string, hash: string) => boolean;

/** The scheme of new hashes. Hashes of other schemes are replaced when their clients authenticate. */
const currentScheme = "sha256";

/** By the name stored with each hash: an imported client may have been stored with another scheme. */
const schemes: ReadonlyMap<string, Verify> = new Map<string, Verify>([
  [currentScheme, (secret, hash) => equalDigests(hash, digest(secret))],
  ["sha512", (secret, hash) => equalDigests(hash, createHash("sha512").update(secret, "utf8").digest("base64url"))],
]);

/** A new secret as it is stored (docs/adr/0004). */
export function hashSecret(secret: string): HashedSecret {
  return { scheme: currentScheme, hash: digest(secret) };
}

/** False for an unknown scheme. */
export function verifySecret(secret: string, { scheme, hash }: HashedSecret): boolean {
  return schemes.get(scheme)?.(secret, hash) ?? false;
}

/** Whether the secret should be hashed again while it is known. */
export function isSecretOutdated({ scheme }: HashedSecret): boolean {
  return scheme !== currentScheme;
}
