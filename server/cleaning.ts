import { cleanStorage } from "@/lib/services/storage/clean-storage";

/** Answers kept for the grace period of a refresh should not outlive it by much. */
const SHORT_PERIOD_MS = 10_000;
const FULL_PERIOD_MS = 60_000;
/** 10,000 rows of a table a minute and process; a backlog of more goes with `npm run cleartokens`. */
const BATCHES_PER_PASS = 20;

/**
 * Lets ended rows go in the background for as long as the server runs. Several processes may do so at once: each takes
 * rows that no other works on. Returns what stops it.
 */
export function startCleaning(logError: (error: unknown) => void): () => Promise<void> {
  let isStopped = false;
  let pass: Promise<unknown> = Promise.resolve();
  const run = (tables?: readonly ["sealed_successors"]) => {
    pass = pass
      .then(() => cleanStorage({ tables, maximumBatches: BATCHES_PER_PASS, isStopped: () => isStopped }))
      .catch(logError);
  };
  const timers = [
    setInterval(() => run(["sealed_successors"]), SHORT_PERIOD_MS),
    setInterval(() => run(), FULL_PERIOD_MS),
  ];
  run();
  return async () => {
    isStopped = true;
    for (const timer of timers) clearInterval(timer);
    await pass;
  };
}
