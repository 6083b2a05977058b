import { endsAtHangUp } from "./setup/hang-up.mjs";

/** Under npm, Ctrl-C arrives twice: from the terminal and, a moment later, passed on by npm. */
const sameSignalMs = 1000;

/**
 * Calls `stop` at the first SIGINT, SIGTERM or SIGHUP (unless `nohup` started the process). A later signal, if it isn't
 * the same one arriving twice, ends the process immediately.
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
