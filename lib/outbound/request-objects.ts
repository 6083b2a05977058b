import type { IncomingMessage } from "node:http";
import { logBounded } from "@/lib/limits/bounded-log";
import { Quota, type QuotaRules } from "@/lib/limits/quota";
import type { RequestObjects } from "@/lib/oauth/ports/context";
import { digest } from "@/lib/oauth/wire/digest";
import { BoundedCache } from "./bounded-cache";
import { pauseAfter } from "./failure-pause";
import { OutboundBusyError } from "./fetch-error";
import { exchangePublicly, readText } from "./fetch-public";
import { toHost } from "./host";

const second = 1000;

/** How long published content counts as current. An address whose content changes should say so by its fragment. */
const freshFor = 60 * second;
/** The same for content that the fragment names by its hash, which can't change (OpenID Connect Core §6.2). */
const namedFreshFor = 3600 * second;
/** Fetches per minute for one client, and from one host (`network`) for all clients: anyone can cause them. */
const rules: QuotaRules = { window: 60, client: 60, network: 120 };

/** RFC 9101 §5.2.3, and what was in use before it. */
const accepted = "application/oauth-authz-req+jwt, application/jwt, text/plain;q=0.5";

export interface PublishedObject {
  text: string;
  /** Whether its publisher allows caching (RFC 9111 §5.2.2). */
  mayBeKept: boolean;
}

interface Entry {
  /** Null if nothing is kept. */
  text: string | null;
  hash: string;
  /** The fragment for which it was fetched. */
  version: string;
  fetchedAt: number;
  attemptedAt: number;
  /** Consecutive. */
  failures: number;
  pending: { version: string; text: Promise<string | null> } | null;
}

export interface RequestObjectOptions {
  fetchObject: (address: string) => Promise<PublishedObject>;
  /** Milliseconds. */
  now: () => number;
  onFailure: (address: string, applicationId: string, error: unknown) => void;
}

/**
 * The request objects that clients publish, in this process's memory: anyone who opens an authorization request can
 * cause a fetch. Each address is fetched once at a time, its content is kept for a while, and one that fails is called
 * less and less often. Only the text is kept: it is verified on each use, including its times.
 */
export class RequestObjectCache {
  readonly #options: RequestObjectOptions;
  readonly #quota: Quota;
  readonly #entries = new BoundedCache<Entry>({
    maximumEntries: 500,
    maximumSize: 8 * 1024 * 1024,
    sizeOf: ({ text }) => text?.length ?? 0,
  });

  constructor(options: RequestObjectOptions) {
    this.#options = options;
    this.#quota = new Quota(rules, options.now);
  }

  /** What is published at a `request_uri`, for one of the clients that registered it; null if it is unavailable. */
  async fetch(requestUri: string, applicationId: string): Promise<string | null> {
    const [address = "", version = ""] = requestUri.split("#");
    const entry = this.#entries.use(address, createEntry);
    // Another version may be on its way, which isn't the requested one.
    if (entry.pending && entry.pending.version !== version) await entry.pending.text;
    if (this.#isCurrent(entry, version)) return entry.text;
    if (entry.pending) return entry.pending.version === version ? entry.pending.text : null;
    const now = this.#options.now();
    if (entry.failures > 0 && now - entry.attemptedAt < pauseAfter(entry.failures)) return null;
    if (this.#quota.take({ ...toHost(address), client: applicationId }) !== null) {
      this.#options.onFailure(address, applicationId, new OutboundBusyError());
      return null;
    }
    const text = this.#refresh(entry, address, { version, applicationId }).finally(() => {
      entry.pending = null;
    });
    entry.pending = { version, text };
    return text;
  }

  #isCurrent({ text, hash, version: fetchedFor, fetchedAt }: Entry, version: string): boolean {
    const age = this.#options.now() - fetchedAt;
    if (text === null) return false;
    if (version === hash) return age < namedFreshFor;
    // §6.2: another fragment says that what was kept under the former one is no longer valid.
    return (version === "" || version === fetchedFor) && age < freshFor;
  }

  async #refresh(
    entry: Entry,
    address: string,
    { version, applicationId }: { version: string; applicationId: string },
  ): Promise<string | null> {
    const before = entry.attemptedAt;
    entry.attemptedAt = this.#options.now();
    try {
      const { text, mayBeKept } = await this.#options.fetchObject(address);
      const kept = mayBeKept ? { text, hash: digest(text) } : { text: null, hash: "" };
      Object.assign(entry, kept, { version, fetchedAt: entry.attemptedAt, failures: 0 });
      this.#entries.trim();
      return text;
    } catch (error) {
      // In this case no call was made.
      if (error instanceof OutboundBusyError) entry.attemptedAt = before;
      else entry.failures += 1;
      this.#options.onFailure(address, applicationId, error);
      return null;
    }
  }
}

function createEntry(): Entry {
  const never = Number.NEGATIVE_INFINITY;
  return { text: null, hash: "", version: "", fetchedAt: never, attemptedAt: never, failures: 0, pending: null };
}

/**
 * Fetches what is published at an address, with the protection of `exchangePublicly`.
 * @throws FetchError
 */
export function fetchPublishedObject(address: string, privateNetworks: readonly string[]): Promise<PublishedObject> {
  const read = async (response: IncomingMessage) => ({
    text: await readText(response),
    mayBeKept: !/(^|[\s,])(no-store|no-cache|max-age=0)($|[\s,;])/i.test(response.headers["cache-control"] ?? ""),
  });
  return exchangePublicly(address, { privateNetworks }, { method: "GET", headers: { Accept: accepted } }, read);
}

// Hot reload evaluates this module repeatedly, and each bundle of routes may have its own copy.
const holder = globalThis as typeof globalThis & { latchkeyRequestObjects?: RequestObjectCache };

/** This process's cache, which reads the private networks at each call. */
export function getRequestObjects(privateNetworks: () => readonly string[]): Pick<RequestObjects, "fetch"> {
  holder.latchkeyRequestObjects ??= new RequestObjectCache({
    fetchObject: (address) => fetchPublishedObject(address, privateNetworks()),
    now: () => performance.now(),
    // Without the query, which may contain an access key.
    onFailure: (address, applicationId, error) => {
      const fields = { applicationId, uri: address.split("?")[0], reason: String(error) };
      logBounded("warn", fields, "a request object could not be fetched", toHost(address));
    },
  });
  return holder.latchkeyRequestObjects;
}
