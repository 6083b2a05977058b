import "server-only";
import { type Client, toRegisteredClient } from "@/lib/oauth/ports/client";
import type { ClientStore } from "@/lib/oauth/ports/store";
import type { PrismaClient } from "../client";
import { settingColumns } from "./client-settings";

interface ClientRow extends Omit<Client, "secrets" | "disabled"> {
  disabledAt: Date | null;
  secrets: { id: string; scheme: string; hash: string; expiresAt: string | null; lastUsedAt: string | null }[];
}

/** So that a wrong secret is compared with a bounded number of them. */
const mostEndedSecrets = 20;

/** How often, in milliseconds, it is recorded that an ended secret was sent. */
const refusalInterval = 60_000;

export function createClientStore(prisma: PrismaClient): ClientStore {
  return {
    async find(clientId) {
      // One round trip for the client with its settings and secrets: every token request begins with it.
      const [row] = await prisma.$queryRaw<ClientRow[]>`
        SELECT a.id, a.client_id AS "clientId", a.disabled_at AS "disabledAt", a.expires_at AS "expiresAt",
               a.access_restricted AS "accessRestricted",
               a.registration_source = 'dynamic' AS "registeredDynamically", ${settingColumns},
               COALESCE((SELECT json_agg(json_build_object('id', s.id, 'scheme', s.scheme, 'hash', s.hash,
                                                           'expiresAt', s.expires_at, 'lastUsedAt', s.last_used_at) ORDER BY s.created_at)
                         FROM client_secrets s
                         WHERE s.application_id = a.id AND s.revoked_at IS NULL
                           AND (s.expires_at IS NULL OR s.expires_at > now())), '[]'::json) AS secrets
        FROM applications a WHERE a.client_id = ${clientId}`;
      if (!row) return null;
      const { disabledAt, secrets, ...client } = row;
      return toRegisteredClient({
        ...client,
        disabled: disabledAt !== null,
        secrets: secrets.map((secret) => ({
          ...secret,
          expiresAt: secret.expiresAt === null ? null : new Date(secret.expiresAt),
          lastUsedAt: secret.lastUsedAt === null ? null : new Date(secret.lastUsedAt),
        })),
      });
    },

    async keep(applicationId) {
      const { count } = await prisma.application.updateMany({
        where: { id: applicationId },
        data: { expiresAt: null },
      });
      return count === 1;
    },

    async renewSecretHash(id, before, { scheme, hash }) {
      const unchanged = { id, scheme: before.scheme, hash: before.hash };
      const { count } = await prisma.clientSecret.updateMany({ where: unchanged, data: { scheme, hash } });
      return count === 1;
    },

    async recordSecretUse(secretId, at, from) {
      await prisma.clientSecret.updateMany({
        where: { id: secretId },
        data: { lastUsedAt: at, lastUsedFrom: from },
      });
    },

    async listEndedSecrets(applicationId, at) {
      return prisma.clientSecret.findMany({
        where: { applicationId, OR: [{ revokedAt: { lte: at } }, { expiresAt: { lte: at } }] },
        orderBy: { createdAt: "desc" },
        take: mostEndedSecrets,
        select: { id: true, scheme: true, hash: true },
      });
    },

    async recordSecretRefusal(secretId, at, from) {
      const before = new Date(at.getTime() - refusalInterval);
      const { count } = await prisma.clientSecret.updateMany({
        where: { id: secretId, OR: [{ lastRefusedAt: null }, { lastRefusedAt: { lte: before } }] },
        data: { lastRefusedAt: at, lastRefusedFrom: from },
      });
      return count === 1;
    },

    async isAllowedOrigin(origin) {
      const found = await prisma.$queryRaw<unknown[]>`
        SELECT 1 FROM applications WHERE allowed_origins @> ARRAY[${origin}] AND disabled_at IS NULL LIMIT 1`;
      return found.length > 0;
    },
  };
}
