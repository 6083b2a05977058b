import { log } from "@/lib/log";
import { BoundedRecords } from "./bounded-records";
import type { QuotaRules, Source } from "./quota";

/** Lines of one kind in ten minutes. */
const rules: QuotaRules = { window: 600, network: 100, client: 300, all: 1000 };

// Each bundle of routes may have its own copy of this module, and `server/` has another.
const holder = globalThis as typeof globalThis & { latchkeyBoundedLog?: BoundedRecords };

function records(): BoundedRecords {
  holder.latchkeyBoundedLog ??= new BoundedRecords(() => rules, { longestUnrecorded: 0 });
  return holder.latchkeyBoundedLog;
}

/**
 * Logs something that a request without authentication can cause. Beyond the limits for its network, its client or all
 * together, lines of this kind are only counted, and their number is logged once a minute. The kind is the message,
 * unless that contains what was sent.
 */
export function logBounded(
  level: "debug" | "info" | "warn" | "error",
  fields: Readonly<Record<string, unknown>>,
  message: string,
  source: Source,
  kind = message,
): void {
  const admission = records().admit(kind, source);
  if (admission === "whole") log()[level](fields, message);
  if (admission === "first counted") {
    log().warn({ of: kind, ...source }, "too many log lines of this kind: further ones are only counted");
  }
}

/** Logs how many lines were left out since the last time, which the server does every minute and when it stops. */
export function logSuppressed(): void {
  for (const { kind, ...suppressed } of records().takeSummaries({ unfinished: true })) {
    log().warn({ of: kind, ...suppressed }, "log lines suppressed");
  }
}
