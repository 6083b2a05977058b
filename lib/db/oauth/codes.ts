import "server-only";
import type { AuthorizationCodeStore } from "@/lib/oauth/store";
import type { AuthorizationCode } from "@/lib/oauth/types";
import type { PrismaClient } from "../client";

export function createCodeStore(prisma: PrismaClient): AuthorizationCodeStore {
  return {
    async issue(code) {
      await prisma.authorizationCode.create({ data: toRow(code), select: { codeHash: true } });
    },

    async issueForRequest(code, requestIdHash) {
      return prisma.$transaction(async (tx) => {
        const { count } = await tx.authorizationRequest.deleteMany({ where: { idHash: requestIdHash } });
        if (count !== 1) return false;
        await tx.authorizationCode.create({ data: toRow(code), select: { codeHash: true } });
        return true;
      });
    },

    async find(codeHash) {
      const row = await prisma.authorizationCode.findUnique({
        where: { codeHash },
        include: { user: { select: { disabledAt: true } } },
      });
      if (!row) return null;
      const { user, ...code } = row;
      return { ...code, userDisabled: user.disabledAt !== null };
    },

    async redeem(codeHash, { family, accessToken, refreshToken }) {
      // One statement, so one round trip and one commit: consumed if and only if the tokens are stored.
      const consumed = await prisma.$queryRaw<unknown[]>`
        WITH consumed AS (
          UPDATE authorization_codes SET consumed_at = ${family.createdAt}::timestamptz
          WHERE code_hash = ${codeHash} AND consumed_at IS NULL
          RETURNING code_hash
        ), family AS (
          INSERT INTO token_families (id, application_id, user_id, session_id, code_hash, created_at, expires_at, last_used_at)
          SELECT ${family.id}::uuid, ${family.applicationId}::uuid, ${family.userId}::uuid, ${family.sessionId}::uuid,
                 code_hash, ${family.createdAt}::timestamptz, ${family.expiresAt}::timestamptz, ${family.createdAt}::timestamptz
          FROM consumed
        ), access AS (
          INSERT INTO access_tokens (token_hash, application_id, user_id, family_id, scopes, created_at, expires_at)
          SELECT ${accessToken.tokenHash}, ${accessToken.applicationId}::uuid, ${accessToken.userId}::uuid, ${family.id}::uuid,
                 ${[...accessToken.scopes]}::text[], ${accessToken.createdAt}::timestamptz, ${accessToken.expiresAt}::timestamptz
          FROM consumed
        ), refresh AS (
          INSERT INTO refresh_tokens (token_hash, family_id, scopes, created_at, expires_at)
          SELECT ${refreshToken?.tokenHash ?? null}, ${family.id}::uuid, ${[...(refreshToken?.scopes ?? [])]}::text[],
                 ${family.createdAt}::timestamptz, ${refreshToken?.expiresAt ?? null}::timestamptz
          FROM consumed WHERE ${refreshToken !== null}::boolean
        )
        SELECT 1 FROM consumed`;
      return consumed.length === 1;
    },

    async burn(codeHash, at) {
      const { count } = await prisma.authorizationCode.updateMany({
        where: { codeHash, consumedAt: null },
        data: { consumedAt: at },
      });
      return count === 1;
    },
  };
}

function toRow(code: AuthorizationCode) {
  return { ...code, scopes: [...code.scopes] };
}
