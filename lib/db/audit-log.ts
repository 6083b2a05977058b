import "server-only";
import { currentTime } from "@/lib/clock";
import { boundDetails } from "@/lib/limits/bounded-details";
import { BoundedRecords } from "@/lib/limits/bounded-records";
import type { QuotaRules } from "@/lib/limits/quota";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import type { AuditEvent, RecordedEvent } from "@/lib/oauth/ports/audit-events";
import { addSeconds } from "@/lib/oauth/ports/context";
import type { AuditLog } from "@/lib/oauth/ports/store";
import type { Settings } from "@/lib/settings";
import type { Prisma, PrismaClient } from "./client";

/** The source of an action, if the caller knows it. */
export interface AuditOrigin {
  actorId?: string | null;
  ipAddress?: string | null;
  userAgent?: string | null;
}

/** How long events are kept. */
export type AuditSettings = Pick<Settings, "unauthenticatedEventLifetime">;

type Writer = Pick<PrismaClient, "auditEvent">;

const hour = 3600;

/**
 * Events that anyone can cause without signing in, as often as they like: so many per hour are recorded in full, the
 * rest only as a number. Those of clients that registered themselves are limited at their source.
 */
const boundedEvents: Readonly<Record<string, QuotaRules>> = {
  "authorization.refused": { window: hour, network: 60, client: 200, all: 500 },
  "authorization.cancelled": { window: hour, network: 60, client: 200, all: 500 },
  "sign_in.failed": { window: hour, network: 120, all: 500 },
};

/** Milliseconds. Checked every minute, so a crash loses the numbers of at most five minutes. */
const longestUnrecorded = 4 * 60_000;

// Each bundle of routes may have its own copy of this module, and `server/` has another.
const holder = globalThis as typeof globalThis & { latchkeyBoundedEvents?: BoundedRecords };

function records(): BoundedRecords {
  holder.latchkeyBoundedEvents ??= new BoundedRecords((type) => boundedEvents[type] ?? { window: hour, network: 0 }, {
    longestUnrecorded,
  });
  return holder.latchkeyBoundedEvents;
}

/** Writes with the given client or transaction, so that an event is stored only together with the change it records. */
export function createAuditLog(prisma: Writer, settings: AuditSettings, origin: AuditOrigin = {}): AuditLog {
  return {
    async record(event: AuditEvent) {
      const source = { network: toRateLimitNetwork(origin.ipAddress ?? null), client: event.applicationId };
      if (event.type in boundedEvents && records().admit(event.type, source) !== "whole") return;
      await prisma.auditEvent.create({ data: toRow(event, settings, origin), select: { id: true } });
    },
  };
}

/** Records several events in one statement. For events of which nobody can cause too many. */
export async function recordEvents(
  prisma: Writer,
  settings: AuditSettings,
  origin: AuditOrigin,
  events: readonly AuditEvent[],
): Promise<void> {
  await prisma.auditEvent.createMany({ data: events.map((event) => toRow(event, settings, origin)) });
}

/** Records the number of events that were not recorded in full: those that are due, or all. Outages lose none. */
export async function recordSuppressedEvents(
  prisma: Writer,
  settings: AuditSettings,
  options: { unfinished?: boolean } = {},
): Promise<void> {
  const at = currentTime();
  const summaries = records().takeSummaries(options);
  if (summaries.length === 0) return;
  const rows = summaries.map(({ kind, network, client, count, since }) =>
    toRow({ type: kind, at, applicationId: client, details: { count, since } }, settings, { ipAddress: network }),
  );
  try {
    await prisma.auditEvent.createMany({ data: rows });
  } catch (error) {
    records().putBack(summaries);
    throw error;
  }
}

function toRow(
  event: RecordedEvent,
  settings: AuditSettings,
  { actorId = null, ipAddress = null, userAgent = null }: AuditOrigin,
) {
  const details = event.details ?? {};
  // A client that registered itself does not act for a signed-in user.
  const isUnauthenticated = event.type in boundedEvents || (actorId === null && details.source === "dynamic");
  return {
    type: event.type,
    at: event.at,
    actorId,
    userId: event.userId ?? null,
    applicationId: event.applicationId ?? null,
    reference: event.reference ?? null,
    ipAddress,
    userAgent: userAgent?.slice(0, 300) ?? null,
    details: (isUnauthenticated ? boundDetails(details) : details) as Prisma.InputJsonObject,
    expiresAt: isUnauthenticated ? addSeconds(event.at, settings.unauthenticatedEventLifetime) : null,
  };
}
