import { endsAtHangUp } from "./setup/hang-up.mjs";

/** Ctrl-C under npm arrives twice: from the terminal and, a moment later, passed on by npm. */
const sameSignalMs = 1000;

/**
 * Calls `stop` at the first SIGINT, SIGTERM or SIGHUP (unless `nohup` started the process). A later one, which isn't
 * the same arriving twice, ends the process at once.
 */
export function onStopSignal(stop: () => void): void {
  let signalledAt: number | null = null;
  const onSignal = () => {
    if (signalledAt !== null) {
      if (performance.now() - signalledAt > sameSignalMs) process.exit(130);
      return;
    }
    signalledAt = performance.now();
    stop();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  if (endsAtHangUp()) process.on("SIGHUP", onSignal);
}
