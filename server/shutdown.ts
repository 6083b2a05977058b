import { setTimeout as sleep } from "node:timers/promises";
import { abortable } from "./abortable";
import { onStopSignal } from "./on-stop-signal";
import { describeFailure } from "./user-error";

/** No shutdown step may keep the process running forever. */
const stepMs = 35_000;

export interface Shutdown {
  /** Registers a cleanup step; the last one registered runs first. */
  add(step: () => Promise<unknown>): void;
  /** Between two startup steps: stops here if a signal has arrived. */
  checkpoint(): Promise<void>;
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /**
   * Waits for a startup step; if it fails or a signal arrives, undoes everything done so far and exits. A step that
   * must not be interrupted is always waited for: it checks `signal` itself.
   */
  guard<T>(step: Promise<T>, options?: { toItsEnd?: boolean }): Promise<T>;
  /** Startup is complete: from now on a signal stops immediately. */
  allowAnytime(): Promise<void>;
}

/** Shuts the process down cleanly on SIGINT, SIGTERM, SIGHUP (unless `nohup` started it) or an uncaught failure. */
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
  // The reader of our output may be gone (`npm start | head`): no reason to fail, and nobody to tell.
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
