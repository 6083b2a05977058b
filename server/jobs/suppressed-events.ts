import { systemContext } from "@/lib/services/context";
import { recordSuppressed } from "@/lib/services/storage/record-suppressed";
import { startJob } from "./start-job";

/**
 * Records how many events of a flood weren't recorded individually, the remaining ones at the end. Each process records
 * its own counts.
 */
export function startRecordingSuppressed(onError: (error: unknown) => void): () => Promise<void> {
  const stop = startJob({ period: 60_000, run: () => recordSuppressed(systemContext()), onError, isDelayed: true });
  return async () => {
    await stop();
    await recordSuppressed(systemContext(), { unfinished: true }).catch(onError);
  };
}
