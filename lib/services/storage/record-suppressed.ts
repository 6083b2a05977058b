import "server-only";
import { recordSuppressedEvents } from "@/lib/db/audit-log";
import { getPrisma } from "@/lib/db/prisma";
import { logSuppressed } from "@/lib/limits/bounded-log";
import type { ServiceContext } from "../context";

/** Logs how many lines were left out, and records how many audit events were: those that are due, or all. */
export async function recordSuppressed(
  { settings }: ServiceContext,
  options: { unfinished?: boolean } = {},
): Promise<void> {
  logSuppressed();
  await recordSuppressedEvents(getPrisma(), settings, options);
}
