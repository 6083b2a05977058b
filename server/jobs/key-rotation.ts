import { systemContext } from "@/lib/services/context";
import { removeRetiredSigningKeys } from "@/lib/services/signing-keys/remove-retired-signing-keys";
import { rotateDueSigningKeys } from "@/lib/services/signing-keys/rotate-signing-keys";
import { startJob } from "./start-job";

/**
 * Keeps the signing keys on schedule, and creates those of an empty database immediately. Several processes may do so.
 */
export function startKeyRotation(onError: (error: unknown) => void): () => Promise<void> {
  return startJob({
    period: 600_000,
    async run() {
      await rotateDueSigningKeys(systemContext());
      await removeRetiredSigningKeys(systemContext());
    },
    onError,
  });
}
