import "server-only";
import type { Stores } from "@/lib/oauth/store";
import { createAuditLog } from "./audit-log";
import type { PrismaClient } from "./client";
import { createClientStore } from "./oauth/clients";
import { createCodeStore } from "./oauth/codes";
import { createRequestStore } from "./oauth/requests";
import { createTokenStore } from "./oauth/tokens";

/** The core's stores on PostgreSQL. Whatever is consumed once is consumed by one guarded statement. */
export function createPrismaStores(prisma: PrismaClient): Stores {
  return {
    clients: createClientStore(prisma),
    scopes: { list: () => prisma.scope.findMany({ orderBy: { name: "asc" } }) },
    consents: {
      async find(userId, applicationId) {
        const consent = await prisma.consent.findUnique({
          where: { userId_applicationId: { userId, applicationId } },
          select: { scopes: true },
        });
        return consent?.scopes ?? null;
      },
    },
    requests: createRequestStore(prisma),
    codes: createCodeStore(prisma),
    tokens: createTokenStore(prisma),
    audit: createAuditLog(prisma),
  };
}
