import { createHash } from "node:crypto";
import type { SigningAlgorithm } from "../wire/algorithms";

/** The hash of each signature algorithm; Ed25519 hashes with SHA-512 (RFC 8032 §5.1). */
const hashes: Readonly<Record<SigningAlgorithm, string>> = {
  RS256: "sha256",
  PS256: "sha256",
  ES256: "sha256",
  EdDSA: "sha512",
};

/** The left half of a token's hash, as base64url: `at_hash` (OpenID Connect Core §3.1.3.6). */
export function halfHash(token: string, algorithm: SigningAlgorithm): string {
  const hash = createHash(hashes[algorithm]).update(token, "ascii").digest();
  return hash.subarray(0, hash.length / 2).toString("base64url");
}
