/** The wait would have been too long, or was; `retryAfter` is in seconds. */
export class QueueBusyError extends Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super("the queue is too long");
    this.retryAfter = retryAfter;
  }
}

/** The caller gave up before its turn. */
export class AbandonedError extends Error {}

export interface Visitor {
  /** Where the work comes from. Sources take turns. */
  source: string;
  /** The amount of work, in any unit. */
  work: number;
  /** Aborted when the result is no longer needed. */
  signal?: AbortSignal | undefined;
}

/** Does the work; the returned `duration` is in milliseconds. */
export type Start<T> = () => Promise<{ result: T; duration: number }>;

/** A place in the queue, taken before it is known exactly what has to be done. */
export interface Place {
  /**
   * Does the work when its turn comes. `work` is the amount as known by then.
   * @throws QueueBusyError, AbandonedError without having begun the work
   */
  run<T>(start: Start<T>, work?: number): Promise<T>;
  /** Releases the place, unless the work has begun. */
  leave(): void;
}

interface Entry {
  source: string;
  work: number;
  /** Begins the work; null while it isn't known yet. */
  begin: (() => void) | null;
  /** Rejects the waiting caller. */
  refuse: (error: Error) => void;
  /** Why it won't begin, if so. */
  refusal: Error | null;
  /** When it has waited long enough. */
  deadline?: NodeJS.Timeout;
  /** Stops the timer and removes the listener. */
  release: () => void;
}

export interface FairQueueOptions {
  /** Jobs that run at the same time. */
  slots: number;
  /** Jobs of one source that run at the same time; by default as many as there are slots. */
  slotsPerSource?: number;
  /** How long work that is ready may wait, in milliseconds. */
  longestWait: number;
  /** Milliseconds per unit of work, until jobs have been measured. */
  expectedDuration: number;
}

/**
 * Runs a few jobs at a time and lets others wait, but not for long. A job whose expected wait exceeds `longestWait` is
 * rejected when it enters, and one that has waited that long is rejected then. Sources take turns, so a thousand jobs
 * of one delay a single job of another by only one job.
 */
export class FairQueue {
  readonly #options: FairQueueOptions;
  /** Waiting jobs by source, in the order of their turns; no list is empty. */
  readonly #waiting = new Map<string, Entry[]>();
  /** Running jobs by source. */
  readonly #runningOf = new Map<string, number>();
  #running = 0;
  #runningWork = 0;
  #durationOfUnit: number;

  constructor(options: FairQueueOptions) {
    this.#options = options;
    this.#durationOfUnit = options.expectedDuration;
  }

  /**
   * Takes a place before any preparation for the work, so that nothing is done for jobs that won't get a turn.
   * @throws QueueBusyError, AbandonedError
   */
  enter({ source, work, signal }: Visitor): Place {
    if (signal?.aborted) throw new AbandonedError();
    const wait = this.#estimateWait(source);
    if (wait > this.#options.longestWait) throw toBusyError(wait);
    const entry: Entry = { source, work, begin: null, refuse: () => {}, refusal: null, release: () => {} };
    const abandon = () => this.#refuse(entry, new AbandonedError());
    signal?.addEventListener("abort", abandon, { once: true });
    entry.release = () => {
      clearTimeout(entry.deadline);
      signal?.removeEventListener("abort", abandon);
    };
    const entries = this.#waiting.get(source);
    if (entries) entries.push(entry);
    else this.#waiting.set(source, [entry]);
    return {
      run: (start, exactWork = work) => this.#await(entry, start, exactWork),
      leave: () => this.#remove(entry),
    };
  }

  /**
   * Enters with work that is already known.
   * @throws QueueBusyError, AbandonedError without having begun the work
   */
  async run<T>({ start, ...visitor }: Visitor & { start: Start<T> }): Promise<T> {
    if (visitor.signal?.aborted) throw new AbandonedError();
    return this.#hasRoom(visitor.source)
      ? this.#begin(visitor.source, start, visitor.work)
      : this.enter(visitor).run(start);
  }

  #hasRoom(source: string): boolean {
    const { slots, slotsPerSource = slots } = this.#options;
    return this.#running < slots && (this.#runningOf.get(source) ?? 0) < slotsPerSource;
  }

  #await<T>(entry: Entry, start: Start<T>, work: number): Promise<T> {
    return new Promise((resolve, reject) => {
      if (entry.refusal) throw entry.refusal;
      const expire = () => this.#refuse(entry, toBusyError(this.#estimateWait(entry.source)));
      entry.deadline = setTimeout(expire, this.#options.longestWait);
      entry.work = work;
      entry.refuse = reject;
      entry.begin = () => this.#begin(entry.source, start, work).then(resolve, reject);
      this.#beginNext();
    });
  }

  #refuse(entry: Entry, error: Error): void {
    this.#remove(entry);
    entry.refusal = error;
    entry.refuse(error);
  }

  #remove(entry: Entry): void {
    entry.release();
    const left = (this.#waiting.get(entry.source) ?? []).filter((other) => other !== entry);
    if (left.length > 0) this.#waiting.set(entry.source, left);
    else this.#waiting.delete(entry.source);
  }

  async #begin<T>(source: string, start: Start<T>, work: number): Promise<T> {
    this.#running += 1;
    this.#runningOf.set(source, (this.#runningOf.get(source) ?? 0) + 1);
    this.#runningWork += work;
    try {
      const { result, duration } = await start();
      this.#durationOfUnit += (duration / work - this.#durationOfUnit) / 8;
      return result;
    } finally {
      this.#running -= 1;
      const left = (this.#runningOf.get(source) ?? 1) - 1;
      if (left > 0) this.#runningOf.set(source, left);
      else this.#runningOf.delete(source);
      this.#runningWork -= work;
      this.#beginNext();
    }
  }

  /** Begins jobs that are ready, the first of each source in turn, while slots are free. */
  #beginNext(): void {
    for (const [source, entries] of this.#waiting) {
      if (!this.#hasRoom(source)) continue;
      const next = entries.find(({ begin }) => begin !== null);
      if (!next?.begin) continue;
      this.#remove(next);
      // To the end of the line: it is the next source's turn.
      const left = this.#waiting.get(source);
      this.#waiting.delete(source);
      if (left) this.#waiting.set(source, left);
      next.begin();
    }
  }

  /**
   * Estimated milliseconds until another job of this source begins: before it, each other source runs as many as this
   * one.
   */
  #estimateWait(source: string): number {
    const own = this.#waiting.get(source) ?? [];
    let work = this.#runningWork / 2 + sum(own);
    for (const [other, entries] of this.#waiting) {
      if (other !== source) work += sum(entries.slice(0, own.length + 1));
    }
    const { slots, slotsPerSource = slots } = this.#options;
    return (work * this.#durationOfUnit) / Math.min(slots, slotsPerSource);
  }
}

function toBusyError(wait: number): QueueBusyError {
  return new QueueBusyError(Math.max(1, Math.ceil(wait / 1000)));
}

function sum(entries: readonly Entry[]): number {
  return entries.reduce((total, { work }) => total + work, 0);
}
