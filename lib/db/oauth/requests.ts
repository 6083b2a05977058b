import "server-only";
import type { AuthorizationRequestStore } from "@/lib/oauth/store";
import type { AuthorizationRequest } from "@/lib/oauth/types";
import type { PrismaClient } from "../client";

export function createRequestStore(prisma: PrismaClient): AuthorizationRequestStore {
  return {
    async create({ clientId: _clientId, ...request }) {
      const data = { ...request, scopes: [...request.scopes], prompts: [...request.prompts] };
      await prisma.authorizationRequest.create({ data, select: { idHash: true } });
    },

    async find(idHash) {
      const row = await prisma.authorizationRequest.findUnique({
        where: { idHash },
        include: { application: { select: { clientId: true } } },
      });
      if (!row) return null;
      const { application, approvalPrompt, ...request } = row;
      return {
        ...request,
        approvalPrompt: approvalPrompt as AuthorizationRequest["approvalPrompt"],
        clientId: application.clientId,
      };
    },

    async recordAuthentication(idHash, browserHash, sessionId) {
      const { count } = await prisma.authorizationRequest.updateMany({
        where: { idHash, browserHash },
        data: { authenticatedSessionId: sessionId },
      });
      return count === 1;
    },

    async decide({ idHash, browserHash, sessionId, userId, applicationId, decision, scopes, at }) {
      return prisma.$transaction(async (tx) => {
        const { count } = await tx.authorizationRequest.updateMany({
          where: { idHash, browserHash, decision: null, expiresAt: { gt: at } },
          data: { decision, decidedBySessionId: sessionId },
        });
        if (count !== 1) return false;
        if (decision === "approved") {
          // What was allowed before stays allowed: a request for less doesn't take the rest back.
          await tx.$executeRaw`
            INSERT INTO consents (user_id, application_id, scopes, created_at, updated_at)
            VALUES (${userId}::uuid, ${applicationId}::uuid, ${[...scopes]}::text[], ${at}::timestamptz, ${at}::timestamptz)
            ON CONFLICT (user_id, application_id) DO UPDATE
            SET scopes = ARRAY(SELECT DISTINCT unnest(consents.scopes || EXCLUDED.scopes) ORDER BY 1),
                updated_at = EXCLUDED.updated_at`;
        }
        return true;
      });
    },

    async discard(idHash) {
      const { count } = await prisma.authorizationRequest.deleteMany({ where: { idHash } });
      return count === 1;
    },
  };
}
