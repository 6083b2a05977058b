import "server-only";
import type { Stores } from "@/lib/oauth/ports/store";
import { type AuditOrigin, type AuditSettings, createAuditLog } from "./audit-log";
import type { PrismaClient } from "./client";
import { createApiStore } from "./oauth/apis";
import { createAttemptStore } from "./oauth/attempts";
import { createClientStore } from "./oauth/clients";
import { createCodeStore } from "./oauth/codes";
import { createDeviceStore } from "./oauth/devices";
import { createGroupStore } from "./oauth/groups";
import { createPushedRequestStore } from "./oauth/pushed-requests";
import { createRequestStore } from "./oauth/requests";
import { createSubjectStore } from "./oauth/subjects";
import { createTemporaryRedirectUriStore } from "./oauth/temporary-redirect-uris";
import { createTokenStore } from "./oauth/tokens";
import { createUsedJtiStore } from "./oauth/used-jtis";
import { createUserStore } from "./oauth/users";
import { retrying } from "./retry";

/**
 * The core's stores on PostgreSQL. Everything that is used once is consumed by one guarded statement; what a conflict
 * rolled back is repeated. `origin` is stored with the events that they record.
 */
export function createPrismaStores(prisma: PrismaClient, settings: AuditSettings, origin: AuditOrigin = {}): Stores {
  return {
    clients: retrying(createClientStore(prisma)),
    scopes: { list: () => prisma.scope.findMany({ orderBy: { name: "asc" } }) },
    consents: {
      async find(userId, applicationId) {
        const consent = await prisma.consent.findUnique({
          where: { userId_applicationId: { userId, applicationId } },
          select: { scopes: true },
        });
        return consent?.scopes ?? null;
      },
      async isUsedInSession(sessionId, applicationId) {
        const where = { sessionId, applicationId, revokedAt: null };
        return (await prisma.tokenFamily.findFirst({ where, select: { id: true } })) !== null;
      },
    },
    requests: retrying(createRequestStore(prisma, settings, origin)),
    codes: retrying(createCodeStore(prisma)),
    tokens: retrying(createTokenStore(prisma, settings, origin)),
    apis: retrying(createApiStore(prisma)),
    pushedRequests: retrying(createPushedRequestStore(prisma)),
    temporaryRedirectUris: retrying(createTemporaryRedirectUriStore(prisma)),
    devices: retrying(createDeviceStore(prisma, settings, origin)),
    users: retrying(createUserStore(prisma)),
    groups: retrying(createGroupStore(prisma)),
    subjects: retrying(createSubjectStore(prisma)),
    usedJtis: retrying(createUsedJtiStore(prisma)),
    attempts: retrying(createAttemptStore(prisma)),
    audit: createAuditLog(prisma, settings, origin),
  };
}
