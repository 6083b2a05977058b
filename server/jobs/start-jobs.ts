import { startCleanup, startCleanupOfSuccessors } from "./cleanup";
import { startKeyRotation } from "./key-rotation";
import { startLogoutDelivery } from "./logout-delivery";
import { startSessionExpiry } from "./session-expiry";

/** Starts the server's background jobs. Returns a function that stops them all. */
export function startJobs(logFailureOf: (what: string) => (error: unknown) => void): () => Promise<unknown> {
  const stops = [
    startCleanupOfSuccessors(logFailureOf("Cleaning up the answers kept for a refresh")),
    startCleanup(logFailureOf("Cleaning the storage")),
    startSessionExpiry(logFailureOf("Ending sessions that are over")),
    startLogoutDelivery(logFailureOf("Delivering logout tokens")),
    startKeyRotation(logFailureOf("Rotating the signing keys")),
  ];
  return () => Promise.all(stops.map((stop) => stop()));
}
