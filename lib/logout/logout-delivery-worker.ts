import type { LogoutDelivery, LogoutQueue } from "@/lib/db/oauth/logout-deliveries";

/** Concurrent deliveries per process. */
const maximumInFlight = 32;
/**
 * Of these, deliveries that have failed before: receivers that hang must not take all the places of those that answer.
 */
const maximumRetriesInFlight = 16;

/** Seconds before the second attempt; the wait doubles each time. */
const firstPause = 10;

export interface LogoutDeliveryWorkerOptions {
  queue: LogoutQueue;
  /** Rejects if the receiver doesn't accept it. */
  deliver: (delivery: LogoutDelivery) => Promise<void>;
  onProblem: (delivery: LogoutDelivery, problem: { reason: string; givenUp: boolean }) => Promise<void>;
  /** The queue itself couldn't be read. */
  onError: (error: unknown) => void;
}

/**
 * Delivers logout tokens to their applications (OpenID Connect Back-Channel Logout §2.5): one at a time to each, to
 * several applications in parallel, so that a slow one delays no other. Failures are retried at growing intervals.
 */
export class LogoutDeliveryWorker {
  readonly #options: LogoutDeliveryWorkerOptions;
  /** By application. */
  readonly #inFlight = new Map<string, { isRetry: boolean; done: Promise<void> }>();
  #taking: Promise<void> | null = null;
  #isStopped = false;

  constructor(options: LogoutDeliveryWorkerOptions) {
    this.#options = options;
  }

  /** Delivers everything that is due now or becomes due meanwhile. */
  async run(): Promise<void> {
    if (this.#isStopped) return;
    this.#taking ??= this.#take().finally(() => {
      this.#taking = null;
    });
    await this.#taking;
  }

  /** Takes nothing more, and waits for running deliveries. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#taking;
    await Promise.all([...this.#inFlight.values()].map(({ done }) => done));
  }

  async #take(): Promise<void> {
    const places = maximumInFlight - this.#inFlight.size;
    if (places <= 0) return;
    const retriesInFlight = [...this.#inFlight.values()].filter(({ isRetry }) => isRetry).length;
    const placesForRetries = maximumRetriesInFlight - retriesInFlight;
    const retries = placesForRetries > 0;
    const limit = retries ? Math.min(places, placesForRetries) : places;
    try {
      const taken = await this.#options.queue.take({ limit, except: [...this.#inFlight.keys()], retries });
      for (const delivery of taken) this.#start(delivery);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #start(delivery: LogoutDelivery): void {
    const done = this.#attempt(delivery)
      .catch(this.#options.onError)
      .finally(() => {
        this.#inFlight.delete(delivery.applicationId);
        // More may be waiting for its application.
        void this.run();
      });
    this.#inFlight.set(delivery.applicationId, { isRetry: delivery.attempts > 1, done });
  }

  async #attempt(delivery: LogoutDelivery): Promise<void> {
    const { queue, deliver, onProblem } = this.#options;
    try {
      await deliver(delivery);
    } catch (error) {
      const reason = error instanceof Error ? error.message : "failed";
      const pause = firstPause * 2 ** (delivery.attempts - 1);
      const givenUp = !(await queue.postpone(delivery, pause, reason));
      await onProblem(delivery, { reason, givenUp });
      return;
    }
    await queue.complete(delivery.id);
  }
}
