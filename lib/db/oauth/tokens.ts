import "server-only";
import type { AuditEvent } from "@/lib/oauth/ports/audit-events";
import type { FoundAccessToken, FoundRefreshToken, RevocationReason, TokenStore } from "@/lib/oauth/ports/store";
import { type AuditOrigin, type AuditSettings, createAuditLog } from "../audit-log";
import type { PrismaClient } from "../client";
import { Prisma } from "../generated/client";
import { accessEnded } from "./groups";
import { insertAccessToken, insertRefreshToken } from "./insert-tokens";

export function createTokenStore(prisma: PrismaClient, settings: AuditSettings, origin: AuditOrigin): TokenStore {
  /** Records the event if `end` has ended one row, in its transaction. */
  const endWith = (event: AuditEvent, end: (tx: Prisma.TransactionClient) => Promise<{ count: number }>) =>
    prisma.$transaction(async (tx) => {
      const { count } = await end(tx);
      if (count !== 1) return false;
      await createAuditLog(tx, settings, origin).record(event);
      return true;
    });
  const revokeFamily = (
    where: { id: string } | { codeHash: string },
    data: { revokedAt: Date; revokedReason: RevocationReason },
    event: AuditEvent,
  ) => endWith(event, (tx) => tx.tokenFamily.updateMany({ where: { ...where, revokedAt: null }, data }));
  return {
    async issue(token) {
      await prisma.$executeRaw(insertAccessToken(token));
    },

    async findAccessToken(tokenHash) {
      const [row] = await prisma.$queryRaw<FoundAccessToken[]>`
        SELECT t.token_hash AS "tokenHash", t.application_id AS "applicationId", t.user_id AS "userId",
               t.family_id AS "familyId", t.scopes, t.audience, t.dpop_jkt AS "dpopJkt", t.jti,
               t.created_at AS "createdAt", t.expires_at AS "expiresAt", t.revoked_at AS "revokedAt", a.client_id AS "clientId", a.name AS "applicationName",
               a.disabled_at IS NOT NULL AS "applicationDisabled", a.security_profile::text AS "securityProfile",
               a.subject_type::text AS "subjectType", u.username, u.subject, u.disabled_at IS NOT NULL AS "userDisabled",
               ${accessEnded(Prisma.raw("t.user_id"))} AS "accessEnded", f.revoked_at AS "familyRevokedAt",
               f.last_used_at AS "familyLastUsedAt", f.claims AS "familyClaims"
        FROM access_tokens t
        JOIN applications a ON a.id = t.application_id
        LEFT JOIN users u ON u.id = t.user_id
        LEFT JOIN token_families f ON f.id = t.family_id
        WHERE t.token_hash = ${tokenHash}`;
      return row ?? null;
    },

    async findRefreshToken(tokenHash) {
      const [row] = await prisma.$queryRaw<FoundRefreshToken[]>`
        SELECT t.token_hash AS "tokenHash", t.family_id AS "familyId", t.scopes, t.jti, t.created_at AS "createdAt",
               t.expires_at AS "expiresAt", t.rotated_at AS "rotatedAt", s.sealed AS "sealedSuccessor",
               f.application_id AS "applicationId", a.client_id AS "clientId", a.subject_type::text AS "subjectType",
               a.disabled_at IS NOT NULL AS "applicationDisabled", f.user_id AS "userId", u.username, u.subject,
               u.disabled_at IS NOT NULL AS "userDisabled",
               ${accessEnded(Prisma.raw("f.user_id"))} AS "accessEnded", f.resources, f.dpop_jkt AS "dpopJkt",
               f.expires_at AS "familyExpiresAt", f.revoked_at AS "familyRevokedAt", f.session_id AS "sessionId",
               f.ends_with_session AS "endsWithSession", f.nonce, f.claims, f.authenticated_at AS "authenticatedAt", f.amr,
               (n.id IS NULL OR n.ended_at IS NOT NULL OR n.expires_at <= now()) AS "sessionEnded"
        FROM refresh_tokens t
        JOIN token_families f ON f.id = t.family_id
        JOIN applications a ON a.id = f.application_id
        JOIN users u ON u.id = f.user_id
        LEFT JOIN sealed_successors s ON s.token_hash = t.token_hash
        LEFT JOIN sessions n ON n.id = f.session_id
        WHERE t.token_hash = ${tokenHash}`;
      return row ?? null;
    },

    async rotate(tokenHash, { accessToken, refreshToken, sealed }) {
      const fromRotated = Prisma.sql`FROM rotated`;
      const rotated = await prisma.$queryRaw<unknown[]>`
        WITH rotated AS (
          UPDATE refresh_tokens t
          SET rotated_at = ${refreshToken.createdAt}::timestamptz
          FROM token_families f
          WHERE t.token_hash = ${tokenHash} AND t.rotated_at IS NULL AND f.id = t.family_id AND f.revoked_at IS NULL
          RETURNING t.family_id
        ), superseded AS (
          UPDATE access_tokens SET revoked_at = ${refreshToken.createdAt}::timestamptz
          WHERE family_id IN (SELECT family_id FROM rotated) AND audience = ${[...accessToken.audience]}::text[]
            AND revoked_at IS NULL
        ), used AS (
          UPDATE token_families SET last_used_at = ${refreshToken.createdAt}::timestamptz
          WHERE id IN (SELECT family_id FROM rotated)
        ), access AS (
          ${insertAccessToken(accessToken, fromRotated)}
        ), refresh AS (
          ${insertRefreshToken(refreshToken, fromRotated)}
        ), sealed AS (
          INSERT INTO sealed_successors (token_hash, sealed, expires_at)
          SELECT ${tokenHash}, ${sealed?.text ?? null}, ${sealed?.expiresAt ?? null}::timestamptz
          FROM rotated WHERE ${sealed !== null}::boolean
        )
        SELECT 1 FROM rotated`;
      return rotated.length === 1;
    },

    async renew(tokenHash, { accessToken, expiresAt }) {
      const renewed = await prisma.$queryRaw<unknown[]>`
        WITH renewed AS (
          UPDATE refresh_tokens t
          SET expires_at = GREATEST(t.expires_at, ${expiresAt}::timestamptz)
          FROM token_families f
          WHERE t.token_hash = ${tokenHash} AND t.rotated_at IS NULL AND f.id = t.family_id AND f.revoked_at IS NULL
          RETURNING t.family_id
        ), used AS (
          UPDATE token_families SET last_used_at = ${accessToken.createdAt}::timestamptz
          WHERE id IN (SELECT family_id FROM renewed)
        ), access AS (
          ${insertAccessToken(accessToken, Prisma.sql`FROM renewed`)}
        )
        SELECT 1 FROM renewed`;
      return renewed.length === 1;
    },

    revokeAccessToken(tokenHash, at, event) {
      const where = { tokenHash, familyId: null, revokedAt: null };
      return endWith(event, (tx) => tx.accessToken.updateMany({ where, data: { revokedAt: at } }));
    },

    revokeFamily: (id, revokedAt, revokedReason, event) => revokeFamily({ id }, { revokedAt, revokedReason }, event),
    revokeFamilyOfCode: (codeHash, revokedAt, revokedReason, event) =>
      revokeFamily({ codeHash }, { revokedAt, revokedReason }, event),

    async recordUse(familyId, at) {
      await prisma.tokenFamily.updateMany({ where: { id: familyId }, data: { lastUsedAt: at } });
    },
  };
}
