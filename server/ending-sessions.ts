import { systemContext } from "@/lib/services/context";
import { endAllLapsedSessions } from "@/lib/services/sessions/end-lapsed-sessions";

/** How long applications may go on with somebody who was disabled, or whose session is over, before they hear of it. */
const PERIOD_MS = 10_000;

/**
 * Ends sessions that are over by themselves for as long as the server runs. Several processes may do so at once: each takes
 * what no other works on. Returns what stops it.
 */
export function startEndingSessions(logError: (error: unknown) => void): () => Promise<void> {
  let isStopped = false;
  let pass: Promise<unknown> = Promise.resolve();
  const run = () => {
    pass = pass.then(() => endAllLapsedSessions(systemContext(), { isStopped: () => isStopped })).catch(logError);
  };
  const timer = setInterval(run, PERIOD_MS);
  run();
  return async () => {
    isStopped = true;
    clearInterval(timer);
    await pass;
  };
}
