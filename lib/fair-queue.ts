/** Would have waited too long, or has; `retryAfter` is in seconds. */
export class QueueBusyError extends Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super("the queue is too long");
    this.retryAfter = retryAfter;
  }
}

/** Whoever asked has gone before it was their turn. */
export class AbandonedError extends Error {}

export interface Job<T> {
  /** Who asks. Those who wait take turns by it. */
  source: string;
  /** How much work it is, in any unit. */
  work: number;
  /** Begins the work; `duration` of what it returns is in milliseconds. */
  start: () => Promise<{ result: T; duration: number }>;
  /** Aborted when nobody waits for the result any more. */
  signal?: AbortSignal | undefined;
}

interface WaitingJob extends Job<unknown> {
  settle: { resolve: (result: unknown) => void; reject: (error: unknown) => void };
  leave: () => void;
}

export interface FairQueueOptions {
  /** Jobs that run at the same time. */
  slots: number;
  /** Jobs of one source that run at the same time; without a number, as many as there are slots. */
  slotsPerSource?: number;
  /** Milliseconds that a job may wait. */
  longestWait: number;
  /** Milliseconds that one unit of work takes, until jobs have been measured. */
  expectedDuration: number;
}

/**
 * Runs a few jobs at a time and lets the others wait, but not for long: a job that would wait longer than `longestWait`,
 * by what earlier ones took, is turned away at once, and one that has waited for so long is turned away then. Sources take
 * turns, so that a thousand jobs of one delay another's single job by one job.
 */
export class FairQueue {
  readonly #options: FairQueueOptions;
  /** Jobs that wait, by source. Whose turn it is comes first; no list is empty. */
  readonly #waiting = new Map<string, WaitingJob[]>();
  /** Jobs that run, by source. */
  readonly #runningOf = new Map<string, number>();
  #running = 0;
  #runningWork = 0;
  #durationOfUnit: number;

  constructor(options: FairQueueOptions) {
    this.#options = options;
    this.#durationOfUnit = options.expectedDuration;
  }

  /** @throws QueueBusyError, AbandonedError; neither job has begun */
  run<T>(job: Job<T>): Promise<T> {
    if (job.signal?.aborted) return Promise.reject(new AbandonedError());
    if (this.#hasRoom(job.source)) return this.#begin(job);
    const wait = this.#estimateWait(job.source);
    if (wait > this.#options.longestWait) return Promise.reject(this.#toBusyError(wait));
    return new Promise<T>((resolve, reject) => {
      this.#enqueue(job, { resolve: (result) => resolve(result as T), reject });
    });
  }

  #hasRoom(source: string): boolean {
    const { slots, slotsPerSource = slots } = this.#options;
    return this.#running < slots && (this.#runningOf.get(source) ?? 0) < slotsPerSource;
  }

  #enqueue(job: Job<unknown>, settle: WaitingJob["settle"]): void {
    const drop = (error: Error) => {
      waiting.leave();
      this.#remove(waiting);
      settle.reject(error);
    };
    const abandon = () => drop(new AbandonedError());
    const deadline = setTimeout(
      () => drop(this.#toBusyError(this.#estimateWait(job.source))),
      this.#options.longestWait,
    );
    job.signal?.addEventListener("abort", abandon, { once: true });
    const leave = () => {
      clearTimeout(deadline);
      job.signal?.removeEventListener("abort", abandon);
    };
    const waiting: WaitingJob = { ...job, settle, leave };
    const queue = this.#waiting.get(job.source);
    if (queue) queue.push(waiting);
    else this.#waiting.set(job.source, [waiting]);
  }

  #remove(job: WaitingJob): void {
    const left = (this.#waiting.get(job.source) ?? []).filter((other) => other !== job);
    if (left.length > 0) this.#waiting.set(job.source, left);
    else this.#waiting.delete(job.source);
  }

  async #begin<T>(job: Job<T>): Promise<T> {
    this.#running += 1;
    this.#runningOf.set(job.source, (this.#runningOf.get(job.source) ?? 0) + 1);
    this.#runningWork += job.work;
    try {
      const { result, duration } = await job.start();
      this.#durationOfUnit += (duration / job.work - this.#durationOfUnit) / 8;
      return result;
    } finally {
      this.#running -= 1;
      const left = (this.#runningOf.get(job.source) ?? 1) - 1;
      if (left > 0) this.#runningOf.set(job.source, left);
      else this.#runningOf.delete(job.source);
      this.#runningWork -= job.work;
      this.#beginNext();
    }
  }

  #beginNext(): void {
    const source = this.#findNextSource();
    const queue = source === undefined ? undefined : this.#waiting.get(source);
    if (source === undefined || !queue) return;
    const job = queue.shift();
    // To the end of the line: it is the next source's turn.
    this.#waiting.delete(source);
    if (queue.length > 0) this.#waiting.set(source, queue);
    if (!job) return;
    job.leave();
    this.#begin(job).then(job.settle.resolve, job.settle.reject);
  }

  #findNextSource(): string | undefined {
    for (const source of this.#waiting.keys()) if (this.#hasRoom(source)) return source;
    return undefined;
  }

  /** Milliseconds until a further job of this source begins: of each other source as many go first as of its own. */
  #estimateWait(source: string): number {
    const own = this.#waiting.get(source) ?? [];
    let work = this.#runningWork / 2 + sum(own);
    for (const [other, queue] of this.#waiting) {
      if (other !== source) work += sum(queue.slice(0, own.length + 1));
    }
    const { slots, slotsPerSource = slots } = this.#options;
    return (work * this.#durationOfUnit) / Math.min(slots, slotsPerSource);
  }

  #toBusyError(wait: number): QueueBusyError {
    return new QueueBusyError(Math.max(1, Math.ceil(wait / 1000)));
  }
}

function sum(jobs: readonly WaitingJob[]): number {
  return jobs.reduce((total, job) => total + job.work, 0);
}
