import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Entries; the oldest goes first. */
const maximumEntries = 10_000;
/** Seconds. Longer than a limit's window nothing is remembered. */
const longestMemory = 15 * 60;

/**
 * Remembers a 429 for its `Retry-After`, so that the same request is refused again without Next.js and the database. The
 * same: from the same network, to the same path, with the same client id and secret in its `Authorization` header. Others
 * from that network, who may well have the right ones, are not affected. A bearer token is no such credential: what is
 * asked with it, in the body, may be the reason of the refusal.
 */
export class RememberedRefusals {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** What stands for the request; null if it has no client credentials to tell it by. */
  keyOf({ method, url = "", headers }: IncomingMessage, network: string): string | null {
    const { authorization } = headers;
    if (!/^basic /i.test(authorization ?? "")) return null;
    const [path] = url.split("?");
    // A digest: the credentials themselves are kept nowhere.
    return createHash("sha256")
      .update(JSON.stringify([network, method, path, authorization]))
      .digest("base64url");
  }

  /** Seconds for which the request is still refused; 0 if it isn't. */
  wait(key: string): number {
    const until = this.#until.get(key);
    if (until === undefined) return 0;
    const seconds = Math.ceil((until - this.#now()) / 1000);
    if (seconds > 0) return seconds;
    this.#until.delete(key);
    return 0;
  }

  remember(key: string, retryAfter: number): void {
    if (!(retryAfter > 0)) return;
    this.#until.delete(key);
    const [oldest] = this.#until.keys();
    if (oldest !== undefined && this.#until.size >= maximumEntries) this.#until.delete(oldest);
    this.#until.set(key, this.#now() + Math.min(retryAfter, longestMemory) * 1000);
  }
}
