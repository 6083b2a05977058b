export interface ShareLimits {
  /** Entries of one network, which push out only one another. */
  share: number;
  /** Entries of all networks together. */
  all: number;
}

/**
 * A bounded memory that networks share: each has a share of its own, so that what one of them causes doesn't push out
 * what is remembered of the others. When it is full altogether, the network that has added nothing for the longest time
 * makes room. All bounds go by the order of insertion.
 */
export class NetworkShares<T> {
  /** The one that was added to last is at the end, in both; no share is empty. */
  readonly #shares = new Map<string, Map<string, T>>();
  readonly #limits: ShareLimits;
  #size = 0;

  constructor(limits: ShareLimits = { share: 100, all: 10_000 }) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#size;
  }

  get(network: string, key: string): T | undefined {
    return this.#shares.get(network)?.get(key);
  }

  /** What is remembered of a network. */
  valuesOf(network: string): Iterable<T> {
    return this.#shares.get(network)?.values() ?? [];
  }

  put(network: string, key: string, value: T): void {
    this.delete(network, key);
    const share = this.#shares.get(network) ?? new Map<string, T>();
    if (share.size >= this.#limits.share) this.#deleteOldest(network, share);
    else if (this.#size >= this.#limits.all) this.#makeRoom();
    share.set(key, value);
    this.#shares.delete(network);
    this.#shares.set(network, share);
    this.#size += 1;
  }

  delete(network: string, key: string): void {
    const share = this.#shares.get(network);
    if (!share?.delete(key)) return;
    this.#size -= 1;
    if (share.size === 0) this.#shares.delete(network);
  }

  /** Forgets all that is remembered of a network. */
  deleteNetwork(network: string): void {
    this.#size -= this.#shares.get(network)?.size ?? 0;
    this.#shares.delete(network);
  }

  #makeRoom(): void {
    const [oldest] = this.#shares;
    if (oldest) this.#deleteOldest(...oldest);
  }

  #deleteOldest(network: string, share: Map<string, T>): void {
    const [oldest] = share.keys();
    if (oldest !== undefined) this.delete(network, oldest);
  }
}
