import { recordSuppressed } from "@/lib/services/storage/record-suppressed";

const PERIOD_MS = 60_000;

/**
 * Tells what a flood was too much of to record one by one, for as long as the server runs, and the rest when it stops.
 * Each process tells what it has counted itself. Returns what stops it.
 */
export function startRecordingSuppressed(logError: (error: unknown) => void): () => Promise<void> {
  let pass: Promise<void> = Promise.resolve();
  const run = (options?: { unfinished: boolean }) => {
    pass = pass.then(() => recordSuppressed(options)).catch(logError);
    return pass;
  };
  const timer = setInterval(() => run(), PERIOD_MS);
  return () => {
    clearInterval(timer);
    return run({ unfinished: true });
  };
}
