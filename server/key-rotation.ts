import { systemContext } from "@/lib/services/context";
import { removeRetiredSigningKeys } from "@/lib/services/signing-keys/remove-retired-signing-keys";
import { rotateDueSigningKeys } from "@/lib/services/signing-keys/rotate-signing-keys";

const PERIOD_MS = 600_000;

/**
 * Keeps the signing keys to their schedule for as long as the server runs, and makes those of an empty database right
 * away. Several processes may do so at once. Returns what stops it.
 */
export function startKeyRotation(logError: (error: unknown) => void): () => Promise<void> {
  let pass: Promise<unknown> = Promise.resolve();
  const run = () => {
    pass = pass
      .then(() => rotateDueSigningKeys(systemContext()))
      .then(() => removeRetiredSigningKeys(systemContext()))
      .catch(logError);
  };
  const timer = setInterval(run, PERIOD_MS);
  run();
  return async () => {
    clearInterval(timer);
    await pass;
  };
}
