export interface Job {
  /** Milliseconds from the start of one pass to the next. */
  period: number;
  /** One pass. May end early once `isStopped` says so. */
  run: (isStopped: () => boolean) => Promise<unknown>;
  /** Receives the error of a pass; the next one runs on time anyway. */
  onError: (error: unknown) => void;
  /** Whether the first pass waits for a period, too. */
  isDelayed?: boolean;
}

/**
 * Runs a pass in each period for as long as the server runs, never two at a time: one that takes longer than a period
 * delays the next. Returns a function that stops the job and resolves after the current pass.
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

/** Also catches a pass that throws before its first await. */
async function attempt(run: Job["run"], isStopped: () => boolean): Promise<void> {
  await run(isStopped);
}
