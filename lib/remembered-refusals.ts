/** Entries; the oldest goes first. */
const maximumEntries = 10_000;
/** Seconds. Longer than a limit's window nothing is remembered. */
const longestMemory = 15 * 60;
/** Seconds after which one request is let through, to find out whether it would still be refused. */
const doubtAfter = 10;

interface Refusal {
  until: number;
  askAt: number;
}

/**
 * Remembers for what it was answered 429, for as long as `Retry-After` said, so that the same is refused again without the
 * work of finding out. Every ten seconds one request is let through all the same: what has become right meanwhile, as a
 * disabled application that is enabled again, waits no longer than that.
 */
export class RememberedRefusals {
  readonly #refusals = new Map<string, Refusal>();
  /** Until when something is remembered of a network. */
  readonly #networks = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether anything is remembered of a network; if not, no request from there needs a closer look. */
  hasFrom(network: string): boolean {
    const until = this.#networks.get(network);
    if (until === undefined) return false;
    if (until > this.#now()) return true;
    this.#networks.delete(network);
    return false;
  }

  /** Seconds for which the request that `key` stands for is still refused; 0 if it isn't, or has to be asked about. */
  wait(key: string): number {
    const refusal = this.#refusals.get(key);
    if (!refusal) return 0;
    const now = this.#now();
    if (now >= refusal.until) this.#refusals.delete(key);
    else if (now < refusal.askAt) return Math.ceil((refusal.until - now) / 1000);
    refusal.askAt = now + doubtAfter * 1000;
    return 0;
  }

  /** `retryAfter` is in seconds. `key` names the network as well. */
  remember(network: string, key: string, retryAfter: number): void {
    if (!(retryAfter > 0)) return;
    const now = this.#now();
    const until = now + Math.min(retryAfter, longestMemory) * 1000;
    putBounded(this.#refusals, key, { until, askAt: now + doubtAfter * 1000 });
    putBounded(this.#networks, network, Math.max(until, this.#networks.get(network) ?? 0));
  }

  forget(key: string): void {
    this.#refusals.delete(key);
  }
}

/** Puts it in as the newest, in place of the oldest if there are too many. */
export function putBounded<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  const [oldest] = map.keys();
  if (oldest !== undefined && map.size >= maximumEntries) map.delete(oldest);
  map.set(key, value);
}
