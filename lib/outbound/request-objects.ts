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

/** How long what is published is taken for current. An address whose content changes should say so by its fragment. */
const freshFor = 60 * second;
/** The same for content that the fragment names by its hash, which can't change (OpenID Connect Core §6.2). */
const namedFreshFor = 3600 * second;
/** Fetches in a minute for one client, and from one host (`network`) for any clients: anyone can cause them. */
const rules: QuotaRules = { window: 60, client: 60, network: 120 };

/** RFC 9101 §5.2.3, and what was in use before it. */
const accepted = "application/oauth-authz-req+jwt, application/jwt, text/plain;q=0.5";

export interface PublishedObject {
  text: string;
  /** Its publisher allows it to be kept (RFC 9111 §5.2.2). */
  mayBeKept: boolean;
}

interface Entry {
  /** Null if nothing is kept. */
  text: string | null;
  hash: string;
  /** The fragment that it was fetched for. */
  version: string;
  fetchedAt: number;
  attemptedAt: number;
  /** In a row. */
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
 * have one fetched. Each address is asked once at a time, what it says is kept for a while, and one that fails is asked
 * less and less often. Only the text is kept: it is verified on each use, its times included.
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

  /** What is published at a `request_uri`, for one of the clients that have registered it; null if it can't be had. */
  async fetch(requestUri: string, applicationId: string): Promise<string | null> {
    const [address = "", version = ""] = requestUri.split("#");
    const entry = this.#entries.use(address, createEntry);
    // Another version may be on its way, which is not the one that is asked for.
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
    // §6.2: another fragment says that what was kept under the former one no longer holds.
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
      // Then no call was made.
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

/** Fetches what is published at an address, under the guard of `exchangePublicly`. Throws `FetchError`. */
export function fetchPublishedObject(address: string, privateNetworks: readonly string[]): Promise<PublishedObject> {
  const read = async (response: IncomingMessage) => ({
    text: await readText(response),
    mayBeKept: !/(^|[\s,])(no-store|no-cache|max-age=0)($|[\s,;])/i.test(response.headers["cache-control"] ?? ""),
  });
  return exchangePublicly(address, { privateNetworks }, { method: "GET", headers: { Accept: accepted } }, read);
}

// Hot reload evaluates this module again and again, and each bundle of routes may have one of its own.
const holder = globalThis as typeof globalThis & { latchkeyRequestObjects?: RequestObjectCache };

/** The process's own cache, which asks for the networks at each call. */
export function getRequestObjects(privateNetworks: () => readonly string[]): Pick<RequestObjects, "fetch"> {
  holder.latchkeyRequestObjects ??= new RequestObjectCache({
    fetchObject: (address) => fetchPublishedObject(address, privateNetworks()),
    now: () => performance.now(),
    // Without the query, where some keep a key of access.
    onFailure: (address, applicationId, error) => {
      const fields = { applicationId, uri: address.split("?")[0], reason: String(error) };
      logBounded("warn", fields, "a request object could not be fetched", toHost(address));
    },
  });
  return holder.latchkeyRequestObjects;
}
