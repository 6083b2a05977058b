import { NetworkShares } from "./network-shares";

/** Seconds. Longer than a limit's window nothing is remembered. */
const longestMemory = 15 * 60;
/** Seconds after which one request is let through, to find out whether it would still be refused. */
const doubtAfter = 10;

interface Refusal {
  until: number;
  askAt: number;
}

/**
 * Remembers for what it was answered 429, for as long as `Retry-After` said, so that the same is refused again without
 * the work of finding out. Every ten seconds one request is let through all the same: what has become right meanwhile,
 * as a disabled application that is enabled again, waits no longer than that.
 */
export class RememberedRefusals {
  readonly #refusals = new NetworkShares<Refusal>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether anything is remembered of a network; if not, no request from there needs a closer look. */
  hasFrom(network: string): boolean {
    const now = this.#now();
    for (const { until } of this.#refusals.valuesOf(network)) if (until > now) return true;
    this.#refusals.deleteNetwork(network);
    return false;
  }

  /**
   * Seconds for which the request that `key` stands for is still refused to a network; 0 if it isn't, or has to be
   * asked about.
   */
  wait(network: string, key: string): number {
    const refusal = this.#refusals.get(network, key);
    if (!refusal) return 0;
    const now = this.#now();
    if (now >= refusal.until) this.#refusals.delete(network, key);
    else if (now < refusal.askAt) return Math.ceil((refusal.until - now) / 1000);
    refusal.askAt = now + doubtAfter * 1000;
    return 0;
  }

  /** `retryAfter` is in seconds. */
  remember(network: string, key: string, retryAfter: number): void {
    if (!(retryAfter > 0)) return;
    const now = this.#now();
    const until = now + Math.min(retryAfter, longestMemory) * 1000;
    this.#refusals.put(network, key, { until, askAt: now + doubtAfter * 1000 });
  }

  forget(network: string, key: string): void {
    this.#refusals.delete(network, key);
  }
}
