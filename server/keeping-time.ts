import { type DatabaseClock, getClock } from "@/lib/clock";
import { readTime } from "@/lib/db/read-time";
import { log } from "@/lib/log";

const periodMs = 60_000;
/** A difference too large for a network delay. */
const notableMs = 5000;
/** How often the same difference is logged again. */
const reminderMs = 60 * 60_000;
/** Milliseconds until a failed reading is repeated for a request. */
const retryMs = 10_000;
/** How long a request waits after the machine's clock has jumped. Without a database it is decided by what is known. */
const doubtMs = 3000;

export interface TimeKeeping {
  /**
   * Null unless the machine's clock has jumped since the last reading; then it resolves when the time is known again.
   */
  settle(): Promise<void> | null;
  stop(): Promise<void>;
}

/**
 * Reads the database's time before anything is answered, and again every minute for as long as the server runs. Logs it
 * if the machine's own clock is far off.
 */
export async function startKeepingTime(logError: (error: unknown) => void): Promise<TimeKeeping> {
  const clock = getClock();
  const report = createReporter(clock);
  let reading: Promise<void> = Promise.resolve();
  const refresh = () => {
    reading = clock.refresh(readTime).then(report, logError);
    return reading;
  };
  await clock.refresh(readTime);
  report();
  const timer = setInterval(refresh, periodMs);
  let settling: Promise<void> | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  return {
    settle() {
      if (!clock.isDoubtful) return null;
      if (settling || performance.now() - failedAt < retryMs) return settling;
      settling = waitFor(refresh()).finally(() => {
        settling = null;
        if (clock.isDoubtful) failedAt = performance.now();
      });
      return settling;
    },
    async stop() {
      clearInterval(timer);
      await reading;
    },
  };
}

function waitFor(reading: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, doubtMs);
    void reading.finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function createReporter(clock: DatabaseClock): () => void {
  let reported = 0;
  let reportedAt = Number.NEGATIVE_INFINITY;
  return () => {
    const { lead } = clock;
    const isKnown = Math.abs(lead - reported) < notableMs && performance.now() - reportedAt < reminderMs;
    if (Math.abs(lead) < notableMs || isKnown) return;
    reported = lead;
    reportedAt = performance.now();
    const difference = `${Math.round(Math.abs(lead) / 1000)} seconds ${lead > 0 ? "ahead of" : "behind"}`;
    log().error(
      { leadMs: Math.round(lead) },
      `this machine's clock is ${difference} the database's: synchronize them (NTP); the database's clock is used`,
    );
  };
}
