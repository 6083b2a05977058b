import {
  CompactEncrypt,
  calculateJwkThumbprint,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from "jose";
import type { NewSigningKey } from "@/lib/db/signing-keys";
import type { SigningAlgorithm } from "@/lib/oauth/wire/algorithms";

/** NIST SP 800-57: 112 bits of security, enough for signatures until 2030; every further bit slows signing down. */
const modulusLength = 2048;

/** A private key exists but can't be decrypted. */
export class SigningKeyError extends Error {
  override name = "SigningKeyError";
}

/**
 * A new key, its private part encrypted with `sealingKey` (256 bits). Uses WebCrypto, which generates keys and signs
 * outside the event loop.
 */
export async function createSigningKey(algorithm: SigningAlgorithm, sealingKey: Uint8Array): Promise<NewSigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { modulusLength, extractable: true });
  const [publicJwk, privateJwk] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)]);
  const sealedPrivate = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(privateJwk)))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .encrypt(sealingKey);
  return { kid: await calculateJwkThumbprint(publicJwk), algorithm, publicJwk, sealedPrivate };
}

/**
 * The private key of a row, for signing, not exportable.
 * @throws SigningKeyError if it was sealed with another key or belongs to another row
 */
export async function openSigningKey(
  { kid, algorithm, sealedPrivate }: NewSigningKey,
  sealingKey: Uint8Array,
): Promise<CryptoKey> {
  const privateJwk = await unseal(sealedPrivate, sealingKey);
  const privateKey = await importJWK(privateJwk, algorithm);
  if (privateKey instanceof Uint8Array || (await calculateJwkThumbprint(privateJwk)) !== kid) {
    throw new SigningKeyError(`The private part of the signing key ${kid} is another key's.`);
  }
  return privateKey;
}

async function unseal(sealedPrivate: string, sealingKey: Uint8Array): Promise<JWK> {
  try {
    const { plaintext } = await compactDecrypt(sealedPrivate, sealingKey, {
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch {
    throw new SigningKeyError(
      "The signing keys can't be decrypted: AUTH_SECRET is not the one that they were stored under. Set it back, or " +
        "delete the rows of the table signing_keys to have new ones made, which ends every JWT that was signed so far.",
    );
  }
}
