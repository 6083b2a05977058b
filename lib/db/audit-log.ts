import "server-only";
import type { AuditEvent, AuditLog } from "@/lib/oauth/store";
import type { Prisma, PrismaClient } from "./client";

/** From where something was done, as far as the caller knows. */
export interface AuditOrigin {
  actorId?: string | null;
  ipAddress?: string | null;
  userAgent?: string | null;
}

/** Writes with the client or transaction that it is given, so that an event stands or falls with what it tells of. */
export function createAuditLog(prisma: Pick<PrismaClient, "auditEvent">, origin: AuditOrigin = {}): AuditLog {
  return {
    async record(event: AuditEvent) {
      await prisma.auditEvent.create({
        data: {
          type: event.type,
          at: event.at,
          actorId: origin.actorId ?? null,
          userId: event.userId ?? null,
          applicationId: event.applicationId ?? null,
          reference: event.reference ?? null,
          ipAddress: origin.ipAddress ?? null,
          userAgent: origin.userAgent?.slice(0, 300) ?? null,
          details: (event.details ?? {}) as Prisma.InputJsonObject,
        },
        select: { id: true },
      });
    },
  };
}
