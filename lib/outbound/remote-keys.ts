import type { JSONWebKeySet } from "jose";
import { z } from "zod";
import { logBounded } from "@/lib/limits/bounded-log";
import type { RemoteKeys } from "@/lib/oauth/ports/context";
import { BoundedCache } from "./bounded-cache";
import { pauseAfter } from "./failure-pause";
import { FetchError, OutboundBusyError } from "./fetch-error";
import { fetchPublicJson } from "./fetch-public";
import { toHost } from "./host";

const second = 1000;
const minute = 60 * second;

/** How long a set counts as current. */
const freshFor = 5 * minute;
/**
 * How long a set remains usable if no newer one is available, so that an outage of the client's server doesn't become
 * one of the client.
 */
const usableFor = 60 * minute;
/** An unknown `kid` costs the sender nothing: it must not make this server flood another one. */
const betweenFreshFetches = 30 * second;
const maximumEntries = 500;
/** Total characters of all sets. */
const maximumSize = 8 * 1024 * 1024;

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

interface Entry {
  keys: JSONWebKeySet | null;
  /** Of the set as JSON. */
  size: number;
  fetchedAt: number;
  attemptedAt: number;
  /** Consecutive. */
  failures: number;
  pending: Promise<void> | null;
}

export interface RemoteKeyOptions {
  fetchJson: (uri: string) => Promise<unknown>;
  /** Milliseconds. */
  now: () => number;
  onFailure: (uri: string, error: unknown) => void;
}

/**
 * The key sets of clients, in this process's memory: each is fetched once at a time, kept for five minutes, and
 * requested less and less often if fetching fails. The least recently used ones are evicted.
 */
export class RemoteKeyCache implements RemoteKeys {
  readonly #entries = new BoundedCache<Entry>({ maximumEntries, maximumSize, sizeOf: ({ size }) => size });
  readonly #options: RemoteKeyOptions;

  constructor(options: RemoteKeyOptions) {
    this.#options = options;
  }

  async fetch(uri: string, { fresh }: { fresh: boolean }): Promise<JSONWebKeySet | null> {
    const entry = this.#entries.use(uri, createEntry);
    if (!entry.pending && this.#isDue(entry, fresh)) {
      entry.pending = this.#refresh(uri, entry).finally(() => {
        entry.pending = null;
      });
    }
    await entry.pending;
    return this.#options.now() - entry.fetchedAt < usableFor ? entry.keys : null;
  }

  #isDue({ attemptedAt, failures }: Entry, fresh: boolean): boolean {
    const pause = failures === 0 ? freshFor : pauseAfter(failures);
    const wait = fresh ? Math.max(betweenFreshFetches, failures === 0 ? 0 : pause) : pause;
    return this.#options.now() - attemptedAt >= wait;
  }

  async #refresh(uri: string, entry: Entry): Promise<void> {
    const before = entry.attemptedAt;
    entry.attemptedAt = this.#options.now();
    try {
      const { data } = keySetSchema.safeParse(await this.#options.fetchJson(uri));
      if (!data) throw new FetchError("not a JWK set");
      entry.keys = data;
      entry.fetchedAt = entry.attemptedAt;
      entry.failures = 0;
      entry.size = JSON.stringify(data).length;
      this.#entries.trim();
    } catch (error) {
      // In this case no call was made.
      if (error instanceof OutboundBusyError) entry.attemptedAt = before;
      else entry.failures += 1;
      this.#options.onFailure(uri, error);
    }
  }
}

function createEntry(): Entry {
  const never = Number.NEGATIVE_INFINITY;
  return { keys: null, size: 0, fetchedAt: never, attemptedAt: never, failures: 0, pending: null };
}

// Hot reload evaluates this module repeatedly, and each bundle of routes may have its own copy.
const holder = globalThis as typeof globalThis & { latchkeyRemoteKeys?: RemoteKeyCache };

/** This process's cache, which reads the private networks at each call. */
export function getRemoteKeys(privateNetworks: () => readonly string[]): RemoteKeys {
  holder.latchkeyRemoteKeys ??= new RemoteKeyCache({
    fetchJson: (uri) => fetchPublicJson(uri, { privateNetworks: privateNetworks() }),
    now: () => performance.now(),
    // Without the query, which may contain an access key.
    onFailure: (uri, error) => {
      const fields = { uri: uri.split("?")[0], reason: String(error) };
      logBounded("warn", fields, "a client's keys could not be fetched", toHost(uri));
    },
  });
  return holder.latchkeyRemoteKeys;
}
