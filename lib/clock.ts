/**
 * The time by which this process decides, and which it writes into tokens, rows and cookies: the database's, so that
 * any number of processes agree, however wrong the clocks of their machines are (docs/adr/0042). Nothing else in lib,
 * app and server asks the system for the time of day; a rule of lint sees to that.
 */

export interface ClockOptions {
  /** Milliseconds since any moment: a clock that can't be set. */
  monotonic: () => number;
  /** What the machine takes for the time of day, in milliseconds since 1970. */
  system: () => number;
}

/** Asks the database. */
export type ReadTime = () => Promise<Date>;

interface Reading {
  /** The database's time in milliseconds since 1970, at `readAt` of the monotonic clock. */
  at: number;
  readAt: number;
  /** By how much it may be wrong at most: half of the round trip. */
  error: number;
  /**
   * System's time minus monotonic time at that moment: it changes only if someone sets the clock, or the machine slept.
   */
  systemOffset: number;
}

/**
 * Round trips in milliseconds: a faster one isn't tried again, a slower one isn't believed if there is a better one.
 */
const goodRoundTrip = 50;
const slowRoundTrip = 2000;
const attempts = 3;
/** A quartz is wrong by a tenth of a second in this time: afterwards a slow reading is better than an old one. */
const trustedFor = 15 * 60_000;
/** Milliseconds by which the clocks of one machine may part without anyone having set one. */
const jump = 1000;

/** A clock that goes by readings of the database's, and between them, or without it, by the monotonic clock. */
export class DatabaseClock {
  readonly #options: ClockOptions;
  #reading: Reading | null = null;
  #refreshing: Promise<void> | null = null;

  constructor(options: ClockOptions) {
    this.#options = options;
  }

  /** The database's time; before the first reading the system's. */
  now(): Date {
    const { monotonic, system } = this.#options;
    if (!this.#reading) return new Date(system());
    return new Date(Math.round(this.#reading.at + monotonic() - this.#reading.readAt));
  }

  /** How far the system's clock is ahead of the database's, in milliseconds; 0 before the first reading. */
  get lead(): number {
    return this.#reading ? this.#options.system() - this.now().getTime() : 0;
  }

  /**
   * Whether the system's clock was set, or the machine slept, since the last reading. The monotonic clock stands still
   * while a machine sleeps, so the time has to be read again before anything is decided.
   */
  get isDoubtful(): boolean {
    return this.#reading !== null && Math.abs(this.#offset() - this.#reading.systemOffset) > jump;
  }

  /**
   * Reads the database's time, more than once if the answer is slow. Calls at the same time share one reading. If it
   * fails the clock goes on by what it knows.
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
    // The database looked at its clock somewhere between.
    const error = (answered - asked) / 2;
    return { at: at.getTime(), readAt: asked + error, error, systemOffset: this.#offset() };
  }

  #offset(): number {
    return this.#options.system() - this.#options.monotonic();
  }
}

// The server and Next.js load this module each for itself, hot reload again and again: one clock for all of them.
const holder = globalThis as typeof globalThis & { latchkeyClock?: DatabaseClock };

/** The process's own clock. */
export function getClock(): DatabaseClock {
  holder.latchkeyClock ??= new DatabaseClock({ monotonic: () => performance.now(), system: () => Date.now() });
  return holder.latchkeyClock;
}

/** The time by which everything is decided. */
export function currentTime(): Date {
  return getClock().now();
}
