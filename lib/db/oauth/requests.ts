import "server-only";
import type { AuthorizationRequestStore } from "@/lib/oauth/ports/store";
import type { AuthorizationRequest } from "@/lib/oauth/ports/types";
import { type AuditOrigin, type AuditSettings, createAuditLog } from "../audit-log";
import type { PrismaClient } from "../client";
import { claimsColumn } from "./claims-column";
import { rememberConsent } from "./remember-consent";

export function createRequestStore(
  prisma: PrismaClient,
  settings: AuditSettings,
  origin: AuditOrigin,
): AuthorizationRequestStore {
  return {
    async create({ clientId: _clientId, ...request }) {
      const { scopes, resources, prompts, acrValues, requiredAcrValues } = request;
      const lists = {
        scopes: [...scopes],
        resources: [...resources],
        prompts: [...prompts],
        acrValues: [...acrValues],
        requiredAcrValues: [...requiredAcrValues],
      };
      const data = { ...request, ...lists, claims: claimsColumn.write(request.claims) };
      await prisma.authorizationRequest.create({ data, select: { idHash: true } });
    },

    async find(idHash) {
      const row = await prisma.authorizationRequest.findUnique({
        where: { idHash },
        include: { application: { select: { clientId: true } } },
      });
      if (!row) return null;
      const { application, approvalPrompt, responseMode, ...request } = row;
      return {
        ...request,
        approvalPrompt: approvalPrompt as AuthorizationRequest["approvalPrompt"],
        responseMode: responseMode as AuthorizationRequest["responseMode"],
        claims: claimsColumn.read(request.claims),
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

    async decide({ idHash, browserHash, sessionId, userId, applicationId, decision, scopes, at, event }) {
      return prisma.$transaction(async (tx) => {
        const { count } = await tx.authorizationRequest.updateMany({
          where: { idHash, browserHash, decision: null, expiresAt: { gt: at } },
          data: { decision, decidedBySessionId: sessionId },
        });
        if (count !== 1) return false;
        if (decision === "approved") await rememberConsent(tx, { userId, applicationId, scopes, at });
        await createAuditLog(tx, settings, origin).record(event);
        return true;
      });
    },

    async discard(idHash, event) {
      return prisma.$transaction(async (tx) => {
        const { count } = await tx.authorizationRequest.deleteMany({ where: { idHash } });
        if (count !== 1) return false;
        if (event) await createAuditLog(tx, settings, origin).record(event);
        return true;
      });
    },
  };
}
