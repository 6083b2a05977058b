import { systemContext } from "@/lib/services/context";
import { cleanStorage } from "@/lib/services/storage/clean-storage";
import { startJob } from "./start-job";

type OnError = (error: unknown) => void;

/**
 * Deletes ended rows: each pass goes on until none are left, however many a flood has added. Several processes may do
 * so at once: each takes rows that no other works on.
 */
export function startCleanup(onError: OnError): () => Promise<void> {
  return startJob({
    period: 60_000,
    run: (isStopped) => cleanStorage(systemContext(), { gently: true, isStopped }),
    onError,
  });
}

/** Answers kept for the grace period of a refresh should not outlive it by much; a long pass mustn't hold them up. */
export function startCleanupOfSuccessors(onError: OnError): () => Promise<void> {
  return startJob({
    period: 10_000,
    run: (isStopped) => cleanStorage(systemContext(), { tables: ["sealed_successors"], gently: true, isStopped }),
    onError,
  });
}
