import { createLogoutDeliveryWorker } from "@/lib/logout/create-logout-delivery-worker";
import { startJob } from "./start-job";

/**
 * Delivers logout tokens to their applications. Several processes may do so at the same time: each takes what no other
 * has.
 */
export function startLogoutDelivery(onError: (error: unknown) => void): () => Promise<void> {
  const worker = createLogoutDeliveryWorker();
  const stop = startJob({ period: 1000, run: () => worker.run(), onError });
  return async () => {
    await stop();
    await worker.stop();
  };
}
