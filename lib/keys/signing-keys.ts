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

/** How long, in milliseconds, a process goes on with the keys it knows before it looks for others. */
const reloadAfter = 60_000;
/** The same for the published ones, while they lack a key that an application could have begun to need. */
const recheckAfter = 1000;
/** The same after the database couldn't tell. */
const retryAfter = 10_000;
/** How long it waits for them while it knows some: a database that hangs takes much longer to fail. */
const patience = 1000;

export interface KeyRingOptions {
  store: SigningKeyStore;
  /** 256 bits that private keys are encrypted under. */
  sealingKey: Uint8Array;
  /** Milliseconds since any moment: a clock that can't be set. */
  now: () => number;
  /** Resolves after so many milliseconds. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** A set and the moment, on the ring's own clock, at which it was read. */
interface KnownKeys extends SigningKeySet {
  readAt: number;
}

/**
 * The server's keys, at least one for each algorithm that applications use, made at its first use. Which of them signs
 * is decided by the database's clock, so that all processes change over together. What is public can be told even where
 * AUTH_SECRET has changed and the private keys can't be read any more.
 */
export class StoredKeyRing implements KeyRing {
  readonly #options: KeyRingOptions;
  readonly #privateKeys = new Map<string, Promise<CryptoKey>>();
  #known: KnownKeys | null = null;
  #reloadAt = Number.NEGATIVE_INFINITY;
  /** When it last began to read them, whether or not the database could tell. */
  #loadedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<KnownKeys> | null = null;
  /** Settled when the reading that is under way has taken too long to wait for. */
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

  /** Has the keys read again at their next use: this process has just changed them. */
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
    if (this.#known) this.#tooLong = (this.#options.wait ?? waitUnreferenced)(patience);
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
      this.#forgetRemoved(set.keys);
      this.#reloadAt = now() + reloadAfter;
    } catch (error) {
      // Keys live longer than most outages of a database.
      if (!this.#known) throw error;
      this.#reloadAt = now() + retryAfter;
    }
    return this.#known;
  }

  /** An application has just begun to sign with it, and this process hasn't read the keys since. */
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

  /** Made before the store takes its lock; what another process has stored meanwhile wins. */
  async #make(algorithms: readonly SigningAlgorithm[]): Promise<SigningKeySet> {
    const { store, sealingKey } = this.#options;
    return store.addMissing(await Promise.all(algorithms.map((algorithm) => createSigningKey(algorithm, sealingKey))));
  }

  #open(key: StoredSigningKey): Promise<CryptoKey> {
    const opened = this.#privateKeys.get(key.kid) ?? openSigningKey(key, this.#options.sealingKey);
    this.#privateKeys.set(key.kid, opened);
    return opened;
  }

  #forgetRemoved(keys: readonly StoredSigningKey[]): void {
    for (const kid of this.#privateKeys.keys()) {
      if (!keys.some((key) => key.kid === kid)) this.#privateKeys.delete(kid);
    }
  }
}

const waitUnreferenced = (milliseconds: number) => setTimeout(milliseconds, undefined, { ref: false });

// Hot reload evaluates this module again and again, and each bundle of routes may have one of its own.
const holder = globalThis as typeof globalThis & { latchkeyKeyRing?: StoredKeyRing };

/** The process's own key ring. */
export function getKeyRing(): StoredKeyRing {
  holder.latchkeyKeyRing ??= new StoredKeyRing({
    store: createSigningKeyStore(getPrisma()),
    sealingKey: deriveKey("signing-keys"),
    now: () => performance.now(),
  });
  return holder.latchkeyKeyRing;
}
