import { systemContext } from "@/lib/services/context";
import { cleanStorage } from "@/lib/services/storage/clean-storage";
import { startJob } from "./start-job";

type OnError = (error: unknown) => void;

/**
 * Deletes expired rows. Each pass continues until none are left, however many a flood has added. Several processes may
 * do so at the same time: each takes rows that no other is working on.
 */
export function startCleanup(onError: OnError): () => Promise<void> {
  return startJob({
    period: 60_000,
    run: (isStopped) => cleanStorage(systemContext(), { gently: true, isStopped }),
    onError,
  });
}

/** Answers kept for a refresh token's grace period shouldn't outlive it by much, so they don't wait for a long pass. */
export function startCleanupOfSuccessors(onError: OnError): () => Promise<void> {
  return startJob({
    period: 10_000,
    run: (isStopped) => cleanStorage(systemContext(), { tables: ["sealed_successors"], gently: true, isStopped }),
    onError,
  });
}
