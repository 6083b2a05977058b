import { startCleanup, startCleanupOfSuccessors } from "./cleanup";
import { startKeyRotation } from "./key-rotation";
import { startLogoutDelivery } from "./logout-delivery";
import { startMessageDelivery } from "./message-delivery";
import { startSessionExpiry } from "./session-expiry";
import { startSettingsRefresh } from "./settings-refresh";

/** Starts the server's background jobs. Returns a function that stops them all. */
export function startJobs(logFailureOf: (what: string) => (error: unknown) => void): () => Promise<unknown> {
  const stops = [
    startCleanupOfSuccessors(logFailureOf("Deleting cached refresh responses")),
    startCleanup(logFailureOf("Deleting expired rows")),
    startSessionExpiry(logFailureOf("Ending expired sessions")),
    startLogoutDelivery(logFailureOf("Delivering logout tokens")),
    startKeyRotation(logFailureOf("Rotating the signing keys")),
    startMessageDelivery(logFailureOf("Sending e-mail")),
    startSettingsRefresh(logFailureOf("Reading the saved settings")),
  ];
  return () => Promise.all(stops.map((stop) => stop()));
}
