import { createMessageWorker } from "@/lib/mail/create-message-worker";
import { startJob } from "./start-job";

/** Sends queued e-mail. Several processes may do so at the same time: each takes what no other has. */
export function startMessageDelivery(onError: (error: unknown) => void): () => Promise<void> {
  const worker = createMessageWorker();
  return startJob({ period: 1000, run: (isStopped) => worker.run(isStopped), onError });
}
