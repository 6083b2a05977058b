import "server-only";
import type { DeviceAuthorizationStore, FoundDeviceAuthorization } from "@/lib/oauth/ports/store";
import { toConsentEntries } from "@/lib/oauth/scope/consent-entries";
import { type AuditOrigin, type AuditSettings, createAuditLog } from "../audit-log";
import type { PrismaClient } from "../client";
import { Prisma } from "../generated/client";
import { lockLiveSession } from "./lock-live-session";
import { rememberConsent } from "./remember-consent";
import { storeIssued } from "./store-issued";

export function createDeviceStore(
  prisma: PrismaClient,
  settings: AuditSettings,
  origin: AuditOrigin,
): DeviceAuthorizationStore {
  return {
    async create({ scopes, resources, ...device }) {
      // The unique index decides between parallel ones. An expired row is replaced completely.
      const created = await prisma.$executeRaw`
        INSERT INTO device_authorizations AS d (device_code_hash, user_code_hash, application_id, scopes, resources,
                                                created_at, expires_at, polling_interval)
        VALUES (${device.deviceCodeHash}, ${device.userCodeHash}, ${device.applicationId}::uuid, ${[...scopes]}::text[],
                ${[...resources]}::text[], ${device.createdAt}::timestamptz, ${device.expiresAt}::timestamptz,
                ${device.pollingInterval})
        ON CONFLICT (user_code_hash) DO UPDATE SET
          device_code_hash = EXCLUDED.device_code_hash, application_id = EXCLUDED.application_id,
          scopes = EXCLUDED.scopes, resources = EXCLUDED.resources, created_at = EXCLUDED.created_at,
          expires_at = EXCLUDED.expires_at, polling_interval = EXCLUDED.polling_interval, last_polled_at = NULL,
          verification_hash = NULL, browser_hash = NULL, decision = NULL, user_id = NULL, session_id = NULL,
          authenticated_at = NULL, amr = '{}', consumed_at = NULL
        WHERE d.expires_at <= EXCLUDED.created_at`;
      return created === 1;
    },

    find: (deviceCodeHash) => findDevice(prisma, { deviceCodeHash }),

    async recordPoll(deviceCodeHash, at) {
      // Concurrent polls wait for each other: the second sees the time of the first.
      const inTime = await prisma.$executeRaw`
        UPDATE device_authorizations SET last_polled_at = ${at}::timestamptz
        WHERE device_code_hash = ${deviceCodeHash}
          AND (last_polled_at IS NULL OR last_polled_at + polling_interval * interval '1 second' <= ${at}::timestamptz)`;
      if (inTime === 1) return true;
      await prisma.deviceAuthorization.updateMany({
        where: { deviceCodeHash },
        data: { lastPolledAt: at, pollingInterval: { increment: 5 } },
      });
      return false;
    },

    async claim(userCodeHash, verificationHash, browserHash, at) {
      const { count } = await prisma.deviceAuthorization.updateMany({
        where: { userCodeHash, ...undecided(at) },
        data: { verificationHash, browserHash },
      });
      return count === 1 ? findDevice(prisma, { userCodeHash }) : null;
    },

    findClaimed: (verificationHash, browserHash, at) =>
      findDevice(prisma, { verificationHash, browserHash, ...undecided(at) }),

    async decide({ verificationHash, browserHash, sessionId, userId, authenticatedAt, amr, decision, at, event }) {
      return prisma.$transaction(async (tx) => {
        if (!(await lockLiveSession(tx, sessionId))) return false;
        const [decided] = await tx.deviceAuthorization.updateManyAndReturn({
          where: { verificationHash, browserHash, ...undecided(at) },
          data: { decision, userId, sessionId, authenticatedAt, amr: [...amr] },
          select: { applicationId: true, scopes: true, resources: true },
        });
        if (!decided) return false;
        if (decision === "approved") {
          const scopes = toConsentEntries(decided.scopes, decided.resources);
          await rememberConsent(tx, { userId, applicationId: decided.applicationId, scopes, at });
        }
        await createAuditLog(tx, settings, origin).record(event);
        return true;
      });
    },

    redeem(deviceCodeHash, issued) {
      const consume = Prisma.sql`
        UPDATE device_authorizations SET consumed_at = ${issued.family.createdAt}::timestamptz
        WHERE device_code_hash = ${deviceCodeHash} AND decision = 'approved' AND consumed_at IS NULL
        RETURNING device_code_hash AS code_hash`;
      return storeIssued(prisma, consume, issued);
    },
  };
}

function undecided(at: Date) {
  return { decision: null, expiresAt: { gt: at } };
}

async function findDevice(
  prisma: PrismaClient,
  where: Prisma.DeviceAuthorizationWhereInput,
): Promise<FoundDeviceAuthorization | null> {
  const row = await prisma.deviceAuthorization.findFirst({
    where,
    omit: { verificationHash: true, browserHash: true },
    include: { application: { select: { clientId: true } }, user: { select: { disabledAt: true } } },
  });
  if (!row) return null;
  const { application, user, ...device } = row;
  return { ...device, clientId: application.clientId, userDisabled: (user?.disabledAt ?? null) !== null };
}
