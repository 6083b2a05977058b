import { systemContext } from "@/lib/services/context";
import { expireAllSessions } from "@/lib/services/sessions/expire-sessions";
import { startJob } from "./start-job";

/**
 * Ends expired sessions, and notifies their applications within seconds. Several processes may do so at the same time:
 * each takes sessions that no other is working on.
 */
export function startSessionExpiry(onError: (error: unknown) => void): () => Promise<void> {
  return startJob({
    period: 10_000,
    run: (isStopped) => expireAllSessions(systemContext(), { isStopped }),
    onError,
  });
}
