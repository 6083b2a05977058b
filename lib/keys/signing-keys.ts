import "server-only";
import { setTimeout } from "node:timers/promises";
import type { JWK } from "jose";
import { getPrisma } from "@/lib/db/prisma";
import {
  createSigningKeyStore,
  type SigningKeySet,
  type SigningKeyStore,
  type StoredSigningKey,
} from "@/lib/db/signing-keys";
import { findSigner } from "@/lib/oauth/keys/key-schedule";
import type { KeyRing } from "@/lib/oauth/ports/context";
import { onDemandAlgorithms, type SigningAlgorithm } from "@/lib/oauth/wire/algorithms";
import { deriveKey } from "./derive-key";
import { createSigningKey, openSigningKey, SigningKeyError } from "./sealed-signing-key";

/** How long a process uses the keys it knows before it reads them again, in milliseconds. */
const reloadAfter = 60_000;
/** The same for published keys while one is missing that an application may have begun to need. */
const recheckAfter = 1000;
/** The same after the database failed to answer. */
const retryAfter = 10_000;
/**
 * How long a process waits for a read if it already knows some keys: a database that hangs takes much longer to fail.
 */
const readTimeout = 1000;

export interface KeyRingOptions {
  store: SigningKeyStore;
  /** 256 bits, used to encrypt private keys. */
  sealingKey: Uint8Array;
  /** Milliseconds since an arbitrary moment, from a clock that can't be set. */
  now: () => number;
  /** Resolves after this many milliseconds. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** A set with the time it was read, on the ring's own clock. */
interface KnownKeys extends SigningKeySet {
  readAt: number;
}

/**
 * The server's keys, at least one for each algorithm that applications use, created on first use. The database's clock
 * decides which of them signs, so that all processes switch at the same time. Public keys can be published even if
 * AUTH_SECRET has changed and the private keys can no longer be decrypted.
 */
export class StoredKeyRing implements KeyRing {
  readonly #options: KeyRingOptions;
  readonly #privateKeys = new Map<string, Promise<CryptoKey>>();
  #known: KnownKeys | null = null;
  #reloadAt = Number.NEGATIVE_INFINITY;
  /** When the last read began, whether or not it succeeded. */
  #loadedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<KnownKeys> | null = null;
  /** Settles when the current read has taken too long. */
  #tooLong: Promise<unknown> = Promise.resolve();

  constructor(options: KeyRingOptions) {
    this.#options = options;
  }

  async signingKey(algorithm: SigningAlgorithm): Promise<{ kid: string; privateKey: CryptoKey }> {
    const known = await this.#list();
    const has = known.keys.some((key) => key.algorithm === algorithm);
    const { keys, at, readAt } = has ? known : await this.#add(algorithm);
    const key = findSigner(keys, algorithm, new Date(at.getTime() + this.#options.now() - readAt));
    if (!key) throw new SigningKeyError(`There is no signing key for ${algorithm}.`);
    return { kid: key.kid, privateKey: await this.#open(key) };
  }

  async publicKeys(): Promise<JWK[]> {
    if (this.#mayHaveGrown()) this.expire();
    const { keys } = await this.#list();
    return keys.map(({ kid, algorithm, publicJwk }) => ({ ...publicJwk, kid, alg: algorithm, use: "sig" }));
  }

  /** Makes the next use read the keys again: this process has just changed them. */
  expire(): void {
    this.#reloadAt = Number.NEGATIVE_INFINITY;
  }

  async #list(): Promise<KnownKeys> {
    if (this.#known && this.#options.now() < this.#reloadAt) return this.#known;
    this.#loading ??= this.#begin();
    const known = this.#known;
    return known ? Promise.race([this.#loading, this.#tooLong.then(() => known)]) : this.#loading;
  }

  #begin(): Promise<KnownKeys> {
    if (this.#known) this.#tooLong = (this.#options.wait ?? waitUnreferenced)(readTimeout);
    return this.#load().finally(() => {
      this.#loading = null;
    });
  }

  async #load(): Promise<KnownKeys> {
    const { store, now } = this.#options;
    this.#loadedAt = now();
    try {
      const stored = await store.list();
      const missing = stored.wanted.filter((wanted) => !stored.keys.some(({ algorithm }) => algorithm === wanted));
      const set = missing.length === 0 ? stored : await this.#make(missing);
      this.#known = { ...set, readAt: now() };
      this.#dropRemoved(set.keys);
      this.#reloadAt = now() + reloadAfter;
    } catch (error) {
      // Keys live longer than most database outages.
      if (!this.#known) throw error;
      this.#reloadAt = now() + retryAfter;
    }
    return this.#known;
  }

  /** An application has just begun to use this algorithm, and this process hasn't read the keys since. */
  async #add(algorithm: SigningAlgorithm): Promise<KnownKeys> {
    this.#known = { ...(await this.#make([algorithm])), readAt: this.#options.now() };
    return this.#known;
  }

  /** A key is published before it signs: what another process signs from now on must be verifiable with these keys. */
  #mayHaveGrown(): boolean {
    const { keys } = this.#known ?? {};
    if (!keys || this.#options.now() < this.#loadedAt + recheckAfter) return false;
    return onDemandAlgorithms.some((wanted) => keys.every(({ algorithm }) => algorithm !== wanted));
  }

  /** Created before the store takes its lock; if another process has stored one meanwhile, that one wins. */
  async #make(algorithms: readonly SigningAlgorithm[]): Promise<SigningKeySet> {
    const { store, sealingKey } = this.#options;
    return store.addMissing(await Promise.all(algorithms.map((algorithm) => createSigningKey(algorithm, sealingKey))));
  }

  #open(key: StoredSigningKey): Promise<CryptoKey> {
    const opened = this.#privateKeys.get(key.kid) ?? openSigningKey(key, this.#options.sealingKey);
    this.#privateKeys.set(key.kid, opened);
    return opened;
  }

  #dropRemoved(keys: readonly StoredSigningKey[]): void {
    for (const kid of this.#privateKeys.keys()) {
      if (!keys.some((key) => key.kid === kid)) this.#privateKeys.delete(kid);
    }
  }
}

const waitUnreferenced = (milliseconds: number) => setTimeout(milliseconds, undefined, { ref: false });

// Hot reload evaluates this module repeatedly, and each bundle of routes may have its own copy.
const holder = globalThis as typeof globalThis & { latchkeyKeyRing?: StoredKeyRing };

/** This process's key ring. */
export function getKeyRing(): StoredKeyRing {
  holder.latchkeyKeyRing ??= new StoredKeyRing({
    store: createSigningKeyStore(getPrisma()),
    sealingKey: deriveKey("signing-keys"),
    now: () => performance.now(),
  });
  return holder.latchkeyKeyRing;
}
