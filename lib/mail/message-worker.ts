import type { MessageQueue, TakenMessage } from "@/lib/db/message-queue";
import { MailError } from "./send-message";

/** Messages under way at the same time, per process. */
const maximumInFlight = 4;

/** Seconds before the second attempt; the wait doubles each time, up to an hour. */
const firstPause = 15;
const longestPause = 3600;

export interface MessageWorkerOptions {
  queue: MessageQueue;
  /** False: no mail server is set, and messages wait. */
  canSend: () => boolean;
  /** @throws MailError if the mail server doesn't take it */
  send: (message: TakenMessage) => Promise<void>;
  onProblem: (message: TakenMessage, problem: { reason: string; givenUp: boolean }) => void;
}

/** Sends the messages of the queue. Several processes may do so at the same time: each takes what no other has. */
export class MessageWorker {
  readonly #options: MessageWorkerOptions;

  constructor(options: MessageWorkerOptions) {
    this.#options = options;
  }

  /** Sends everything that is due, a few at a time. */
  async run(isStopped: () => boolean): Promise<void> {
    const { queue, canSend } = this.#options;
    await queue.expire();
    for (let taken = maximumInFlight; taken === maximumInFlight && !isStopped() && canSend(); ) {
      const messages = await queue.take(maximumInFlight);
      await Promise.all(messages.map((message) => this.#attempt(message)));
      taken = messages.length;
    }
  }

  async #attempt(message: TakenMessage): Promise<void> {
    const { queue, send, onProblem } = this.#options;
    try {
      await send(message);
    } catch (error) {
      const reason = error instanceof Error ? error.message : "failed";
      const pause = Math.min(firstPause * 2 ** (message.attempts - 1), longestPause);
      const isFinal = error instanceof MailError && error.isFinal;
      const givenUp = isFinal || !(await queue.postpone(message.id, pause, reason));
      if (isFinal) await queue.giveUp(message.id, reason);
      onProblem(message, { reason, givenUp });
      return;
    }
    await queue.complete(message.id);
  }
}
