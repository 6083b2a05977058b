import "server-only";
import type { PushedAuthorizationRequestStore } from "@/lib/oauth/ports/store";
import type { PrismaClient } from "../client";

export function createPushedRequestStore(prisma: PrismaClient): PushedAuthorizationRequestStore {
  return {
    async create(request) {
      await prisma.pushedAuthorizationRequest.create({ data: request, select: { idHash: true } });
    },

    find(idHash, applicationId, now) {
      return prisma.pushedAuthorizationRequest.findFirst({ where: { idHash, applicationId, expiresAt: { gt: now } } });
    },

    async remove(idHash) {
      await prisma.pushedAuthorizationRequest.deleteMany({ where: { idHash } });
    },
  };
}
