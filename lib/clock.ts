/**
 * The time this process goes by and writes into tokens, rows and cookies: the database's, so that all processes agree,
 * however wrong the clocks of their machines are (docs/adr/0042). Nothing else in lib, app and server asks the system
 * for the time of day, which a lint rule enforces.
 */

export interface ClockOptions {
  /** Milliseconds since an arbitrary moment, from a clock that can't be set. */
  monotonic: () => number;
  /** The machine's time of day, in milliseconds since 1970. */
  system: () => number;
}

/** Asks the database. */
export type ReadTime = () => Promise<Date>;

interface Reading {
  /** The database's time in milliseconds since 1970, at `readAt` of the monotonic clock. */
  at: number;
  readAt: number;
  /** The maximum error: half of the round trip. */
  error: number;
  /**
   * System time minus monotonic time at that moment. It changes only if someone sets the clock or the machine sleeps.
   */
  systemOffset: number;
}

/**
 * Round trip in milliseconds. A reading this fast isn't repeated; a slower one is only used if there is no better one.
 */
const goodRoundTrip = 50;
const slowRoundTrip = 2000;
const attempts = 3;
/** A quartz clock drifts by a tenth of a second in this time. After that, a slow reading is better than an old one. */
const trustedFor = 15 * 60_000;
/** How far the clocks of one machine may drift apart without anyone having set one, in milliseconds. */
const jump = 1000;

/**
 * A clock that follows readings of the database's clock. Between them, or without a database, it follows the monotonic
 * clock.
 */
export class DatabaseClock {
  readonly #options: ClockOptions;
  #reading: Reading | null = null;
  #refreshing: Promise<void> | null = null;

  constructor(options: ClockOptions) {
    this.#options = options;
  }

  /** The database's time; before the first reading, the system's. */
  now(): Date {
    const { monotonic, system } = this.#options;
    if (!this.#reading) return new Date(system());
    return new Date(Math.round(this.#reading.at + monotonic() - this.#reading.readAt));
  }

  /** How far the system clock is ahead of the database's, in milliseconds; 0 before the first reading. */
  get lead(): number {
    return this.#reading ? this.#options.system() - this.now().getTime() : 0;
  }

  /**
   * Whether the system clock was set or the machine slept since the last reading. The monotonic clock stands still
   * while a machine sleeps, so the time has to be read again before it is used.
   */
  get isDoubtful(): boolean {
    return this.#reading !== null && Math.abs(this.#offset() - this.#reading.systemOffset) > jump;
  }

  /**
   * Reads the database's time, repeatedly if the answer is slow. Concurrent calls share one reading. If it fails, the
   * clock continues from what it knows.
   */
  refresh(read: ReadTime): Promise<void> {
    this.#refreshing ??= this.#refresh(read).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refresh(read: ReadTime): Promise<void> {
    let best = await this.#read(read);
    for (let attempt = 1; attempt < attempts && best.error * 2 > goodRoundTrip; attempt += 1) {
      const next = await this.#read(read);
      if (next.error < best.error) best = next;
    }
    const known = this.#reading;
    const isKnownGood = known && !this.isDoubtful && best.readAt - known.readAt < trustedFor;
    if (isKnownGood && best.error * 2 > slowRoundTrip && best.error > known.error) return;
    this.#reading = best;
  }

  async #read(read: ReadTime): Promise<Reading> {
    const { monotonic } = this.#options;
    const asked = monotonic();
    const at = await read();
    const answered = monotonic();
    // The database read its clock somewhere in between.
    const error = (answered - asked) / 2;
    return { at: at.getTime(), readAt: asked + error, error, systemOffset: this.#offset() };
  }

  #offset(): number {
    return this.#options.system() - this.#options.monotonic();
  }
}

// The server and Next.js each load this module, and hot reload does so repeatedly: they share one clock.
const holder = globalThis as typeof globalThis & { latchkeyClock?: DatabaseClock };

/** This process's clock. */
export function getClock(): DatabaseClock {
  holder.latchkeyClock ??= new DatabaseClock({ monotonic: () => performance.now(), system: () => Date.now() });
  return holder.latchkeyClock;
}

/** The time that everything goes by. */
export function currentTime(): Date {
  return getClock().now();
}
