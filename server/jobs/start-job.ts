export interface Job {
  /** Milliseconds from the start of one pass to the next. */
  period: number;
  /** One pass. May end early once `isStopped` says so. */
  run: (isStopped: () => boolean) => Promise<unknown>;
  /** What went wrong in a pass; the next one comes in its time all the same. */
  onError: (error: unknown) => void;
  /** Whether the first pass waits for a period, too. */
  isDelayed?: boolean;
}

/**
 * Runs a pass in each period for as long as the server runs, never two at a time: one that takes longer than a period
 * makes the next one wait for its turn. Returns what stops it, which resolves after the pass that is under way.
 */
export function startJob({ period, run, onError, isDelayed = false }: Job): () => Promise<void> {
  let isStopped = false;
  let pass: Promise<unknown> | null = null;
  const start = () => {
    pass ??= attempt(run, () => isStopped)
      .catch(onError)
      .finally(() => {
        pass = null;
      });
  };
  const timer = setInterval(start, period);
  if (!isDelayed) start();
  return async () => {
    isStopped = true;
    clearInterval(timer);
    await pass;
  };
}

/** A pass that throws before its first await has failed like any other. */
async function attempt(run: Job["run"], isStopped: () => boolean): Promise<void> {
  await run(isStopped);
}
