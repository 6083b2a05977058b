import { setTimeout as sleep } from "node:timers/promises";
import { abortable } from "./abortable";
import { onStopSignal } from "./on-stop-signal";
import { describeFailure } from "./user-error";

/** No step of stopping may keep the process for ever. */
const stepMs = 35_000;

export interface Shutdown {
  /** Registers what has to be undone at the end; the latest goes first. */
  add(step: () => Promise<unknown>): void;
  /** Between two steps of starting: goes no further when a signal has come meanwhile. */
  checkpoint(): Promise<void>;
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /**
   * Waits for a step of starting; when it fails or a signal comes, undoes what was done so far and exits. A step that
   * must not be left halfway is waited for, signal or not: it looks at `signal` itself.
   */
  guard<T>(step: Promise<T>, options?: { toItsEnd?: boolean }): Promise<T>;
  /** Starting is over: from now on a signal stops at once. */
  allowAnytime(): Promise<void>;
}

/**
 * Stops the process in good order on SIGINT, SIGTERM, SIGHUP (unless `nohup` started it) or a failure nobody caught.
 */
export function createShutdown(report: (line: string) => void): Shutdown {
  const undo: (() => Promise<unknown>)[] = [];
  const signalled = new AbortController();
  let stopping: Promise<never> | null = null;
  let isStarting = true;

  function stop(exitCode: number): Promise<never> {
    stopping ??= (async () => {
      for (const step of undo.toReversed()) {
        const tooLate = sleep(stepMs, undefined, { ref: false });
        await Promise.race([step(), tooLate]).catch((error) => console.error("While stopping:", error));
      }
      process.exit(exitCode);
    })();
    return stopping;
  }

  onStopSignal(() => {
    report("\nStopping; press Ctrl-C again to quit at once");
    signalled.abort();
    if (!isStarting) void stop(0);
  });
  // Whoever read our output may have gone (`npm start | head`): no reason to fail, and nobody to tell.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  process.on("uncaughtException", (error) => {
    console.error("Unexpected failure:", error);
    void stop(1);
  });

  const checkpoint = async () => {
    if (signalled.signal.aborted) await stop(0);
  };
  return {
    add(step) {
      undo.push(step);
    },
    checkpoint,
    signal: signalled.signal,
    async guard(step, { toItsEnd = false } = {}) {
      try {
        return await (toItsEnd ? step : abortable(step, signalled.signal));
      } catch (error) {
        if (signalled.signal.aborted) return stop(0);
        console.error(describeFailure(error));
        return stop(1);
      }
    },
    async allowAnytime() {
      isStarting = false;
      await checkpoint();
    },
  };
}
