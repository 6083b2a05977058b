import { setTimeout as sleep } from "node:timers/promises";

/**
 * Slows down clients that retry immediately after a refusal: a loop that waits for each answer can't send more often
 * than the pauses allow, and a pause costs no more than a timer. Beyond `most` concurrent pauses there are none, so
 * that their number is bounded.
 */
export class Pacer {
  readonly #milliseconds: number;
  readonly #most: number;
  #underWay = 0;

  constructor({ milliseconds, most }: { milliseconds: number; most: number }) {
    this.#milliseconds = milliseconds;
    this.#most = most;
  }

  /** Resolves after the pause, or as soon as nobody waits for the answer anymore. */
  async pause(signal: AbortSignal): Promise<void> {
    if (this.#underWay >= this.#most) return;
    this.#underWay += 1;
    try {
      await sleep(this.#milliseconds, undefined, { signal, ref: false });
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#underWay -= 1;
    }
  }
}
