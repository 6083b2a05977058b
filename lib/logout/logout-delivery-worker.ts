import type { LogoutDelivery, LogoutQueue } from "@/lib/db/oauth/logout-deliveries";

/** On their way at once, of one process. */
const maximumInFlight = 32;
/** Of these, such as have failed before: receivers that hang must not take all the places of those that answer. */
const maximumRetriesInFlight = 16;

/** Seconds before the second attempt; each further one waits twice as long. */
const firstPause = 10;

export interface LogoutDeliveryWorkerOptions {
  queue: LogoutQueue;
  /** Rejects if the receiver didn't accept it. */
  deliver: (delivery: LogoutDelivery) => Promise<void>;
  onProblem: (delivery: LogoutDelivery, problem: { reason: string; givenUp: boolean }) => Promise<void>;
  /** The queue itself could not be asked. */
  onError: (error: unknown) => void;
}

/**
 * Takes logout tokens to their applications (OpenID Connect Back-Channel Logout §2.5): one at a time to each, several
 * applications at once, so that a slow one delays no other. What fails is tried again at growing intervals.
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

  /** Sets off with what is due now, and with what becomes due while that is on its way. */
  async run(): Promise<void> {
    if (this.#isStopped) return;
    this.#taking ??= this.#take().finally(() => {
      this.#taking = null;
    });
    await this.#taking;
  }

  /** Takes nothing more, and waits for what is on its way. */
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
        // Its application may wait for more.
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
