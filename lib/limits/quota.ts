/** What one source may cause in a window of time. `window` is in seconds. */
export interface QuotaRules {
  window: number;
  /** From one network. */
  network: number;
  /** For one client, from wherever. */
  client?: number;
  /** Everything together. */
  all?: number;
}

/** Where something came from; null if that is not known, and then there is no rule for it. */
export interface Source {
  /** As `toRateLimitNetwork` writes it. */
  network: string | null;
  client?: string | null;
}

/** Which rule was used up, and for whom; `retryAfter` is in seconds. */
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

/** Networks and clients that are remembered at a time. Only what was admitted is, so this is for very many networks. */
const maximumCounters = 20_000;

/**
 * Bounds what strangers cause by network, by client and in all, in the memory of this process: of several processes
 * each has its own, so that the bound for an installation is that many times as much. What is refused uses up nothing
 * and is not remembered.
 */
export class Quota {
  readonly #counters = new Map<string, Counter>();
  readonly #rules: QuotaRules;
  readonly #now: () => number;

  constructor(rules: QuotaRules, now: () => number = () => performance.now()) {
    this.#rules = rules;
    this.#now = now;
  }

  /** Takes `weight` for this source: null if there was room under every rule, else nothing is taken. */
  take({ network, client = null }: Source, weight = 1): QuotaRefusal | null {
    const now = this.#now();
    const taken: [key: string, counter: Counter][] = [];
    // The narrowest first: it is what the refusal names.
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

  /** At the end of the order: the ones that were used least recently make room. */
  #keep(key: string, counter: Counter): void {
    this.#counters.delete(key);
    this.#counters.set(key, counter);
    const [oldest] = this.#counters.keys();
    if (this.#counters.size > maximumCounters && oldest !== undefined) this.#counters.delete(oldest);
  }
}
