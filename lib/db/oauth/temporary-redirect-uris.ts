import "server-only";
import type { TemporaryRedirectUriStore } from "@/lib/oauth/ports/store";
import type { PrismaClient } from "../client";

export function createTemporaryRedirectUriStore(prisma: PrismaClient): TemporaryRedirectUriStore {
  return {
    find: (uriHash) =>
      prisma.testSignIn.findUnique({
        where: { uriHash },
        select: { applicationId: true, userId: true, expiresAt: true, consumedAt: true },
      }),
  };
}
