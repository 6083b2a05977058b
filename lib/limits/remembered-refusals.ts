import { NetworkShares } from "./network-shares";

/** Seconds. Nothing is remembered for longer than a limit's window. */
const longestMemory = 15 * 60;
/** Seconds after which one request is let through to find out whether it would still be refused. */
const doubtAfter = 10;

interface Refusal {
  until: number;
  recheckAt: number;
}

/**
 * Remembers what was answered with 429, for as long as `Retry-After` said, so that the same request is refused again
 * without repeating the work. Every ten seconds one request is let through anyway, so that a change, such as an
 * application being enabled again, takes effect within that time.
 */
export class RememberedRefusals {
  readonly #refusals = new NetworkShares<Refusal>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether anything is remembered for a network; if not, its requests need no closer look. */
  hasFrom(network: string): boolean {
    const now = this.#now();
    for (const { until } of this.#refusals.valuesOf(network)) if (until > now) return true;
    this.#refusals.deleteNetwork(network);
    return false;
  }

  /** Seconds for which the network's request with this `key` is still refused; 0 if it isn't, or has to be checked. */
  wait(network: string, key: string): number {
    const refusal = this.#refusals.get(network, key);
    if (!refusal) return 0;
    const now = this.#now();
    if (now >= refusal.until) this.#refusals.delete(network, key);
    else if (now < refusal.recheckAt) return Math.ceil((refusal.until - now) / 1000);
    refusal.recheckAt = now + doubtAfter * 1000;
    return 0;
  }

  /** The same for who only looks: the request that has to be asked about is left for someone else to let through. */
  foresee(network: string, key: string): number {
    const refusal = this.#refusals.get(network, key);
    const now = this.#now();
    return refusal && now < Math.min(refusal.until, refusal.recheckAt) ? Math.ceil((refusal.until - now) / 1000) : 0;
  }

  /** `retryAfter` is in seconds. */
  remember(network: string, key: string, retryAfter: number): void {
    if (!(retryAfter > 0)) return;
    const now = this.#now();
    const until = now + Math.min(retryAfter, longestMemory) * 1000;
    this.#refusals.put(network, key, { until, recheckAt: now + doubtAfter * 1000 });
  }

  forget(network: string, key: string): void {
    this.#refusals.delete(network, key);
  }
}
