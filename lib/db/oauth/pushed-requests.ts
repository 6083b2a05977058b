import "server-only";
import type { PushedAuthorizationRequestStore } from "@/lib/oauth/store";
import type { PushedAuthorizationRequest } from "@/lib/oauth/types";
import type { PrismaClient } from "../client";

export function createPushedRequestStore(prisma: PrismaClient): PushedAuthorizationRequestStore {
  return {
    async create(request) {
      await prisma.pushedAuthorizationRequest.create({ data: request, select: { idHash: true } });
    },

    async take(idHash, applicationId, now) {
      const [taken] = await prisma.$queryRaw<PushedAuthorizationRequest[]>`
        DELETE FROM pushed_authorization_requests
        WHERE id_hash = ${idHash} AND application_id = ${applicationId}::uuid AND expires_at > ${now}::timestamptz
        RETURNING id_hash AS "idHash", application_id AS "applicationId", parameters,
                  created_at AS "createdAt", expires_at AS "expiresAt"`;
      return taken ?? null;
    },
  };
}
