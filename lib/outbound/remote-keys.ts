import type { JSONWebKeySet } from "jose";
import { z } from "zod";
import { logBounded } from "@/lib/bounded-log";
import { env } from "@/lib/env";
import type { RemoteKeys } from "@/lib/oauth/context";
import { FetchError, fetchPublicJson } from "./fetch-public";
import { toHost } from "./host";

const second = 1000;
const minute = 60 * second;

/** How long a set is taken for current. */
const freshFor = 5 * minute;
/** How long it still serves where no newer one can be had: an outage of the client's server is not yet one of the client. */
const usableFor = 60 * minute;
/** An unknown `kid` costs the sender nothing: it must not make this server hammer another one. */
const betweenFreshFetches = 30 * second;
const firstPause = 10 * second;
const longestPause = 5 * minute;
const maximumEntries = 500;

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

interface Entry {
  keys: JSONWebKeySet | null;
  fetchedAt: number;
  attemptedAt: number;
  /** In a row. */
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
 * The key sets of clients, in this process's memory: each fetched at most once at a time, kept for five minutes, asked
 * for less and less often where fetching fails. The least recently used ones make room for others.
 */
export class RemoteKeyCache implements RemoteKeys {
  readonly #entries = new Map<string, Entry>();
  readonly #options: RemoteKeyOptions;

  constructor(options: RemoteKeyOptions) {
    this.#options = options;
  }

  async fetch(uri: string, { fresh }: { fresh: boolean }): Promise<JSONWebKeySet | null> {
    const entry = this.#use(uri);
    if (!entry.pending && this.#isDue(entry, fresh)) {
      entry.pending = this.#refresh(uri, entry).finally(() => {
        entry.pending = null;
      });
    }
    await entry.pending;
    return this.#options.now() - entry.fetchedAt < usableFor ? entry.keys : null;
  }

  /** The entry, moved to the end of the map, which is ordered by the last use. */
  #use(uri: string): Entry {
    const entry = this.#entries.get(uri) ?? {
      keys: null,
      fetchedAt: Number.NEGATIVE_INFINITY,
      attemptedAt: Number.NEGATIVE_INFINITY,
      failures: 0,
      pending: null,
    };
    this.#entries.delete(uri);
    this.#entries.set(uri, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > maximumEntries && oldest !== undefined) this.#entries.delete(oldest);
    return entry;
  }

  #isDue({ attemptedAt, failures }: Entry, fresh: boolean): boolean {
    const pause = failures === 0 ? freshFor : Math.min(firstPause * 2 ** (failures - 1), longestPause);
    const wait = fresh ? Math.max(betweenFreshFetches, failures === 0 ? 0 : pause) : pause;
    return this.#options.now() - attemptedAt >= wait;
  }

  async #refresh(uri: string, entry: Entry): Promise<void> {
    entry.attemptedAt = this.#options.now();
    try {
      const { data } = keySetSchema.safeParse(await this.#options.fetchJson(uri));
      if (!data) throw new FetchError("not a JWK set");
      entry.keys = data;
      entry.fetchedAt = entry.attemptedAt;
      entry.failures = 0;
    } catch (error) {
      entry.failures += 1;
      this.#options.onFailure(uri, error);
    }
  }
}

// Hot reload evaluates this module again and again, and each bundle of routes may have one of its own.
const holder = globalThis as typeof globalThis & { latchkeyRemoteKeys?: RemoteKeyCache };

/** The process's own cache. */
export function getRemoteKeys(): RemoteKeys {
  holder.latchkeyRemoteKeys ??= new RemoteKeyCache({
    fetchJson: (uri) => fetchPublicJson(uri, { privateNetworks: env().OUTBOUND_PRIVATE_NETWORKS }),
    now: () => performance.now(),
    // Without the query, where some keep a key of access.
    onFailure: (uri, error) => {
      const fields = { uri: uri.split("?")[0], reason: String(error) };
      logBounded("warn", fields, "keys of a client could not be fetched", toHost(uri));
    },
  });
  return holder.latchkeyRemoteKeys;
}
