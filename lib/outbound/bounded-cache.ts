export interface CacheBounds<Entry> {
  maximumEntries: number;
  /** For all entries together, in the unit of `sizeOf`. */
  maximumSize: number;
  sizeOf: (entry: Entry) => number;
}

/** A bounded cache: it keeps the most recently used entries, within limits on their number and their total size. */
export class BoundedCache<Entry> {
  /** In order of last use. */
  readonly #entries = new Map<string, Entry>();
  readonly #bounds: CacheBounds<Entry>;

  constructor(bounds: CacheBounds<Entry>) {
    this.#bounds = bounds;
  }

  /** The entry, or the one that `make` creates in its place; it becomes the most recently used. */
  use(key: string, make: () => Entry): Entry {
    const entry = this.#entries.get(key) ?? make();
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > this.#bounds.maximumEntries) this.#dropOldest();
    return entry;
  }

  /** Evicts entries beyond the limits, after an entry has grown. */
  trim(): void {
    let size = 0;
    for (const entry of this.#entries.values()) size += this.#bounds.sizeOf(entry);
    while (size > this.#bounds.maximumSize && this.#entries.size > 0) size -= this.#bounds.sizeOf(this.#dropOldest());
  }

  #dropOldest(): Entry {
    const [oldest] = this.#entries;
    if (!oldest) throw new Error("The cache is empty.");
    this.#entries.delete(oldest[0]);
    return oldest[1];
  }
}
