import { logBounded } from "@/lib/limits/bounded-log";
import { BoundedCache } from "./bounded-cache";
import { FetchError, OutboundBusyError } from "./fetch-error";
import { exchangePublicly, readBytes } from "./fetch-public";
import { toHost } from "./host";
import { findImageType } from "./image-type";

export interface Logo {
  /** From the content itself, regardless of what its sender says. */
  mediaType: string;
  bytes: Buffer;
}

const minute = 60_000;
const keptFor = 60 * minute;
/** How long an unavailable logo isn't requested again. */
const missedFor = 5 * minute;
const maximumBytes = 256 * 1024;
const maximumEntries = 50;
/** Bytes of all logos together. */
const maximumSize = 8 * 1024 * 1024;

interface Entry {
  /** Null before the first fetch. */
  logo: Promise<Logo | null> | null;
  /** Bytes. */
  size: number;
  /** Milliseconds. */
  until: number;
}

export interface LogoOptions {
  fetchBytes: (uri: string, privateNetworks: readonly string[]) => Promise<Buffer>;
  /** Milliseconds. */
  now: () => number;
  onFailure: (uri: string, error: unknown) => void;
}

/**
 * The logos of clients, in this process's memory: each is fetched at most once an hour, and the least recently used
 * ones are evicted. Served from here, so that no browser tells the client about a sign-in that hasn't happened, or
 * loads anything on our pages from elsewhere (RFC 9700 §4.2.4).
 */
export class LogoCache {
  readonly #entries = new BoundedCache<Entry>({ maximumEntries, maximumSize, sizeOf: ({ size }) => size });
  readonly #options: LogoOptions;

  constructor(options: LogoOptions) {
    this.#options = options;
  }

  /** Null if no image is available. */
  find(uri: string, privateNetworks: readonly string[]): Promise<Logo | null> {
    const entry = this.#entries.use(uri, () => ({ logo: null, size: 0, until: Number.NEGATIVE_INFINITY }));
    if (entry.logo === null || entry.until <= this.#options.now()) {
      entry.until = this.#options.now() + keptFor;
      entry.logo = this.#fetch(uri, privateNetworks, entry);
    }
    return entry.logo;
  }

  async #fetch(uri: string, privateNetworks: readonly string[], entry: Entry): Promise<Logo | null> {
    try {
      const bytes = await this.#options.fetchBytes(uri, privateNetworks);
      const mediaType = findImageType(bytes);
      if (mediaType === null) throw new FetchError("not a picture that browsers show safely");
      entry.size = bytes.length;
      this.#entries.trim();
      return { mediaType, bytes };
    } catch (error) {
      const now = this.#options.now();
      // Without a free place, no call was made.
      entry.until = error instanceof OutboundBusyError ? now : now + missedFor;
      entry.size = 0;
      this.#options.onFailure(uri, error);
      return null;
    }
  }
}

// Hot reload evaluates this module repeatedly, and each bundle of routes may have its own copy.
const holder = globalThis as typeof globalThis & { latchkeyLogos?: LogoCache };

/** This process's cache. */
export function getLogos(): LogoCache {
  holder.latchkeyLogos ??= new LogoCache({
    fetchBytes: (uri, privateNetworks) =>
      exchangePublicly(
        uri,
        { privateNetworks },
        { method: "GET", headers: { Accept: "image/png, image/jpeg, image/gif, image/webp" } },
        (response) => readBytes(response, maximumBytes),
      ),
    now: () => performance.now(),
    // Without the query, which may contain an access key.
    onFailure: (uri, error) => {
      const fields = { uri: uri.split("?")[0], reason: String(error) };
      logBounded("warn", fields, "a client's logo could not be fetched", toHost(uri));
    },
  });
  return holder.latchkeyLogos;
}
