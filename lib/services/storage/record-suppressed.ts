import "server-only";
import { recordSuppressedEvents } from "@/lib/db/audit-log";
import { getPrisma } from "@/lib/db/prisma";
import { logSuppressed } from "@/lib/limits/bounded-log";
import type { ServiceContext } from "../context";

/** Tells how many log lines and audit events were left out, for each window that has ended, or for all. */
export async function recordSuppressed(
  { settings }: ServiceContext,
  options: { unfinished?: boolean } = {},
): Promise<void> {
  logSuppressed(options);
  await recordSuppressedEvents(getPrisma(), settings, options);
}
