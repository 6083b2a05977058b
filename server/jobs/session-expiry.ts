import { systemContext } from "@/lib/services/context";
import { endAllLapsedSessions } from "@/lib/services/sessions/expire-sessions";
import { startJob } from "./start-job";

/**
 * Ends sessions that are over by themselves, and tells their applications within seconds. Several processes may do so
 * at once: each takes sessions that no other works on.
 */
export function startSessionExpiry(onError: (error: unknown) => void): () => Promise<void> {
  return startJob({
    period: 10_000,
    run: (isStopped) => endAllLapsedSessions(systemContext(), { isStopped }),
    onError,
  });
}
