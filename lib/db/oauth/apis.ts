import "server-only";
import type { ApiStore } from "@/lib/oauth/ports/store";
import type { PrismaClient } from "../client";

export function createApiStore(prisma: PrismaClient): ApiStore {
  return {
    find(identifiers) {
      return prisma.api.findMany({
        where: { identifier: { in: [...identifiers] } },
        select: { id: true, identifier: true, scopes: true, tokenFormat: true, accessTokenLifetime: true },
      });
    },

    async isResourceServer(applicationId, identifiers) {
      const wanted = [...new Set(identifiers)];
      const served = await prisma.apiResourceServer.count({
        where: { applicationId, api: { identifier: { in: wanted } } },
      });
      return wanted.length > 0 && served === wanted.length;
    },
  };
}
