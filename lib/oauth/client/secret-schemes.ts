import { createHash } from "node:crypto";
import type { HashedSecret } from "../ports/client";
import { digest, equalDigests } from "../wire/digest";

/**
 * Whether this secret was hashed. Compares without telling by its duration where the hashes differ. No scheme is slow:
 * the request waits for it, and anyone may send wrong secrets.
 */
type Verify = (secret: string, hash: string) => boolean;

/** The scheme of new hashes. A hash of any other is made anew when its client authenticates. */
const currentScheme = "sha256";

/** By the name stored with each hash: an imported client may have been stored with another scheme. */
const schemes: ReadonlyMap<string, Verify> = new Map<string, Verify>([
  [currentScheme, (secret, hash) => equalDigests(hash, digest(secret))],
  ["sha512", (secret, hash) => equalDigests(hash, createHash("sha512").update(secret, "utf8").digest("base64url"))],
]);

/** As a secret is kept from now on (docs/adr/0004). */
export function hashSecret(secret: string): HashedSecret {
  return { scheme: currentScheme, hash: digest(secret) };
}

/** False as well for a scheme that nobody knows. */
export function verifySecret(secret: string, { scheme, hash }: HashedSecret): boolean {
  return schemes.get(scheme)?.(secret, hash) ?? false;
}

/** Whether the secret, which is known at this moment, should be hashed anew. */
export function isSecretOutdated({ scheme }: HashedSecret): boolean {
  return scheme !== currentScheme;
}
