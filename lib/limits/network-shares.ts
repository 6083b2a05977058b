export interface ShareLimits {
  /** Entries per network; a full network evicts only its own. */
  share: number;
  /** Entries of all networks together. */
  all: number;
}

/**
 * A bounded memory shared by networks. Each has its own share, so that what one network causes doesn't evict the
 * entries of others. When it is full, the network that has added nothing for the longest time makes room. Everything
 * goes by order of insertion.
 */
export class NetworkShares<T> {
  /** In both, the most recent insertion is last; no share is empty. */
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

  /** The entries of a network. */
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

  /** Forgets all entries of a network. */
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
