import { cleanStorage } from "@/lib/services/storage/clean-storage";

/** Answers kept for the grace period of a refresh should not outlive it by much. */
const SHORT_PERIOD_MS = 10_000;
const FULL_PERIOD_MS = 60_000;

/**
 * Deletes ended rows in the background for as long as the server runs: each pass goes on until none are left, however
 * many a flood has added. Several processes may do so at once: each takes rows that no other works on. Returns what stops
 * it.
 */
export function startCleaning(logError: (error: unknown) => void): () => Promise<void> {
  let isStopped = false;
  const clean = (tables?: readonly ["sealed_successors"]) =>
    cleanStorage({ tables, gently: true, isStopped: () => isStopped }).catch(logError);
  const stops = [
    repeat(SHORT_PERIOD_MS, () => clean(["sealed_successors"])),
    // Beside the other one, which must not wait for a long pass.
    repeat(FULL_PERIOD_MS, () => clean()),
  ];
  return async () => {
    isStopped = true;
    await Promise.all(stops.map((stop) => stop()));
  };
}

/** Runs `pass` now and then in each period, never two at a time. */
function repeat(period: number, pass: () => Promise<unknown>): () => Promise<unknown> {
  let running: Promise<unknown> | null = null;
  const run = () => {
    running ??= pass().finally(() => {
      running = null;
    });
  };
  const timer = setInterval(run, period);
  run();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
