import "server-only";
import {
  CompactEncrypt,
  calculateJwkThumbprint,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from "jose";
import { getPrisma } from "@/lib/db/prisma";
import { createSigningKeyStore, type SigningKeyStore, type StoredSigningKey } from "@/lib/db/signing-keys";
import { deriveKey } from "@/lib/derive-key";
import { type KeyRing, type SigningAlgorithm, signingAlgorithms } from "@/lib/oauth/context";

/** How long, in milliseconds, a process goes on with the keys it knows before it looks for others. */
const reloadAfter = 60_000;
/** The same after the database couldn't tell. */
const retryAfter = 10_000;

/** NIST SP 800-57: 112 bits of security, enough for signatures until 2030; each further bit makes signing slower. */
const modulusLength = 2048;

/** A private key is there and can't be read. */
export class SigningKeyError extends Error {
  override name = "SigningKeyError";
}

export interface KeyRingOptions {
  store: SigningKeyStore;
  /** 256 bits that private keys are encrypted under. */
  sealingKey: Uint8Array;
  /** Milliseconds. */
  now: () => number;
}

/**
 * The server's keys, one per algorithm, made at the first use of an empty database. What is public can be told even where
 * AUTH_SECRET has changed and the private keys can't be read any more.
 */
export class StoredKeyRing implements KeyRing {
  readonly #options: KeyRingOptions;
  readonly #privateKeys = new Map<string, Promise<CryptoKey>>();
  #known: StoredSigningKey[] | null = null;
  #reloadAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<StoredSigningKey[]> | null = null;

  constructor(options: KeyRingOptions) {
    this.#options = options;
  }

  async signingKey(algorithm: SigningAlgorithm): Promise<{ kid: string; privateKey: CryptoKey }> {
    const key = (await this.#list()).find((candidate) => candidate.algorithm === algorithm);
    if (!key) throw new SigningKeyError(`There is no signing key for ${algorithm}.`);
    return { kid: key.kid, privateKey: await this.#open(key) };
  }

  async publicKeys(): Promise<JWK[]> {
    return (await this.#list()).map(({ kid, algorithm, publicJwk }) => ({
      ...publicJwk,
      kid,
      alg: algorithm,
      use: "sig",
    }));
  }

  async #list(): Promise<StoredSigningKey[]> {
    if (this.#known && this.#options.now() < this.#reloadAt) return this.#known;
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<StoredSigningKey[]> {
    try {
      const stored = await this.#options.store.list();
      const missing = signingAlgorithms.filter((wanted) => !stored.some(({ algorithm }) => algorithm === wanted));
      this.#known = missing.length === 0 ? stored : await this.#make(missing);
      this.#reloadAt = this.#options.now() + reloadAfter;
    } catch (error) {
      // Keys live longer than most outages of a database.
      if (!this.#known) throw error;
      this.#reloadAt = this.#options.now() + retryAfter;
    }
    return this.#known;
  }

  /** Made before the store takes its lock; what another process has stored meanwhile wins. */
  async #make(algorithms: readonly SigningAlgorithm[]): Promise<StoredSigningKey[]> {
    const { store, sealingKey } = this.#options;
    return store.addMissing(await Promise.all(algorithms.map((algorithm) => makeKey(algorithm, sealingKey))));
  }

  #open(key: StoredSigningKey): Promise<CryptoKey> {
    const opened = this.#privateKeys.get(key.kid) ?? openKey(key, this.#options.sealingKey);
    this.#privateKeys.set(key.kid, opened);
    return opened;
  }
}

/** By WebCrypto, whose key generation and signing run beside the event loop. */
async function makeKey(algorithm: SigningAlgorithm, sealingKey: Uint8Array): Promise<StoredSigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { modulusLength, extractable: true });
  const [publicJwk, privateJwk] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)]);
  const sealedPrivate = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(privateJwk)))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .encrypt(sealingKey);
  return { kid: await calculateJwkThumbprint(publicJwk), algorithm, publicJwk, sealedPrivate };
}

async function openKey({ kid, algorithm, sealedPrivate }: StoredSigningKey, sealingKey: Uint8Array) {
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

// Hot reload evaluates this module again and again, and each bundle of routes may have one of its own.
const holder = globalThis as typeof globalThis & { latchkeyKeyRing?: StoredKeyRing };

/** The process's own key ring. */
export function getKeyRing(): KeyRing {
  holder.latchkeyKeyRing ??= new StoredKeyRing({
    store: createSigningKeyStore(getPrisma()),
    sealingKey: deriveKey("signing-keys"),
    now: () => performance.now(),
  });
  return holder.latchkeyKeyRing;
}
