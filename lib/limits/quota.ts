/** What one source may cause within a window. `window` is in seconds. */
export interface QuotaRules {
  window: number;
  /** From one network. */
  network: number;
  /** For one client, across all networks. */
  client?: number;
  /** Everything together. */
  all?: number;
}

/** Where something came from; null if unknown, in which case no rule applies. */
export interface Source {
  /** As returned by `toRateLimitNetwork`. */
  network: string | null;
  client?: string | null;
}

/** Which rule was used up, and by what; `retryAfter` is in seconds. */
export interface QuotaRefusal {
  rule: "network" | "client" | "all";
  key: string | null;
  retryAfter: number;
}

interface Counter {
  count: number;
  /** Milliseconds. */
  endsAt: number;
}

/** How many networks and clients are remembered. Only admitted ones are, so this is enough for very many networks. */
const maximumCounters = 20_000;

/**
 * Limits what strangers cause by network, by client and in total, in this process's memory. Each process has its own,
 * so an installation's limit is that many times higher. What is refused uses up nothing and isn't remembered.
 */
export class Quota {
  readonly #counters = new Map<string, Counter>();
  readonly #rules: QuotaRules;
  readonly #now: () => number;

  constructor(rules: QuotaRules, now: () => number = () => performance.now()) {
    this.#rules = rules;
    this.#now = now;
  }

  /** Takes `weight` for this source: null if every rule had room, otherwise nothing is taken. */
  take({ network, client = null }: Source, weight = 1): QuotaRefusal | null {
    const now = this.#now();
    const taken: [key: string, counter: Counter][] = [];
    // The narrowest first, because the refusal names it.
    for (const [rule, name] of [["network", network] as const, ["client", client] as const, ["all", ""] as const]) {
      const limit = this.#rules[rule];
      if (limit === undefined || name === null) continue;
      const key = `${rule} ${name}`;
      const counter = this.#find(key, now);
      if (counter.count + weight > limit) {
        const retryAfter = Math.max(1, Math.ceil((counter.endsAt - now) / 1000));
        return { rule, key: rule === "all" ? null : name, retryAfter };
      }
      taken.push([key, counter]);
    }
    for (const [key, { count, endsAt }] of taken) this.#keep(key, { count: count + weight, endsAt });
    return null;
  }

  /** How many networks and clients are remembered. */
  get size(): number {
    return this.#counters.size;
  }

  #find(key: string, now: number): Counter {
    const known = this.#counters.get(key);
    return known && known.endsAt > now ? known : { count: 0, endsAt: now + this.#rules.window * 1000 };
  }

  /** Moves it to the end, so that the least recently used ones are evicted first. */
  #keep(key: string, counter: Counter): void {
    this.#counters.delete(key);
    this.#counters.set(key, counter);
    const [oldest] = this.#counters.keys();
    if (this.#counters.size > maximumCounters && oldest !== undefined) this.#counters.delete(oldest);
  }
}
