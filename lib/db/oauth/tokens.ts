import "server-only";
import type { FoundAccessToken, FoundRefreshToken, TokenStore } from "@/lib/oauth/store";
import type { PrismaClient } from "../client";

export function createTokenStore(prisma: PrismaClient): TokenStore {
  return {
    async issue(token) {
      await prisma.$executeRaw`
        INSERT INTO access_tokens (token_hash, application_id, user_id, family_id, scopes, created_at, expires_at)
        VALUES (${token.tokenHash}, ${token.applicationId}::uuid, ${token.userId}::uuid, ${token.familyId}::uuid,
                ${[...token.scopes]}::text[], ${token.createdAt}::timestamptz, ${token.expiresAt}::timestamptz)`;
    },

    async findAccessToken(tokenHash) {
      const [row] = await prisma.$queryRaw<FoundAccessToken[]>`
        SELECT t.token_hash AS "tokenHash", t.application_id AS "applicationId", t.user_id AS "userId",
               t.family_id AS "familyId", t.scopes, t.created_at AS "createdAt", t.expires_at AS "expiresAt",
               t.revoked_at AS "revokedAt", a.client_id AS "clientId", a.name AS "applicationName",
               a.disabled_at IS NOT NULL AS "applicationDisabled", u.username,
               u.disabled_at IS NOT NULL AS "userDisabled", f.revoked_at AS "familyRevokedAt",
               f.last_used_at AS "familyLastUsedAt"
        FROM access_tokens t
        JOIN applications a ON a.id = t.application_id
        LEFT JOIN users u ON u.id = t.user_id
        LEFT JOIN token_families f ON f.id = t.family_id
        WHERE t.token_hash = ${tokenHash}`;
      return row ?? null;
    },

    async findRefreshToken(tokenHash) {
      const [row] = await prisma.$queryRaw<FoundRefreshToken[]>`
        SELECT t.token_hash AS "tokenHash", t.family_id AS "familyId", t.scopes, t.created_at AS "createdAt",
               t.expires_at AS "expiresAt", t.rotated_at AS "rotatedAt", f.application_id AS "applicationId",
               f.user_id AS "userId", u.disabled_at IS NOT NULL AS "userDisabled",
               f.expires_at AS "familyExpiresAt", f.revoked_at AS "familyRevokedAt"
        FROM refresh_tokens t
        JOIN token_families f ON f.id = t.family_id
        JOIN users u ON u.id = f.user_id
        WHERE t.token_hash = ${tokenHash}`;
      return row ?? null;
    },

    async rotate(tokenHash, { accessToken, refreshToken }) {
      const rotated = await prisma.$queryRaw<unknown[]>`
        WITH rotated AS (
          UPDATE refresh_tokens t SET rotated_at = ${refreshToken.createdAt}::timestamptz
          FROM token_families f
          WHERE t.token_hash = ${tokenHash} AND t.rotated_at IS NULL AND f.id = t.family_id AND f.revoked_at IS NULL
          RETURNING t.family_id
        ), superseded AS (
          DELETE FROM access_tokens WHERE family_id IN (SELECT family_id FROM rotated)
        ), used AS (
          UPDATE token_families SET last_used_at = ${refreshToken.createdAt}::timestamptz
          WHERE id IN (SELECT family_id FROM rotated)
        ), access AS (
          INSERT INTO access_tokens (token_hash, application_id, user_id, family_id, scopes, created_at, expires_at)
          SELECT ${accessToken.tokenHash}, ${accessToken.applicationId}::uuid, ${accessToken.userId}::uuid, family_id,
                 ${[...accessToken.scopes]}::text[], ${accessToken.createdAt}::timestamptz, ${accessToken.expiresAt}::timestamptz
          FROM rotated
        ), refresh AS (
          INSERT INTO refresh_tokens (token_hash, family_id, scopes, created_at, expires_at)
          SELECT ${refreshToken.tokenHash}, family_id, ${[...refreshToken.scopes]}::text[],
                 ${refreshToken.createdAt}::timestamptz, ${refreshToken.expiresAt}::timestamptz
          FROM rotated
        )
        SELECT 1 FROM rotated`;
      return rotated.length === 1;
    },

    async revokeFamily(familyId, at, reason) {
      const { count } = await prisma.tokenFamily.updateMany({
        where: { id: familyId, revokedAt: null },
        data: { revokedAt: at, revokedReason: reason },
      });
      return count === 1;
    },

    async revokeFamilyOfCode(codeHash, at, reason) {
      const { count } = await prisma.tokenFamily.updateMany({
        where: { codeHash, revokedAt: null },
        data: { revokedAt: at, revokedReason: reason },
      });
      return count === 1;
    },

    async recordUse(familyId, at) {
      await prisma.tokenFamily.updateMany({ where: { id: familyId }, data: { lastUsedAt: at } });
    },
  };
}
