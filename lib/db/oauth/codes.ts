import "server-only";
import type { AuthorizationCodeStore } from "@/lib/oauth/store";
import type { AuthorizationCode } from "@/lib/oauth/types";
import type { Prisma, PrismaClient } from "../client";

/** Rolls the transaction back, so that the request stays. */
class NotConsentedError extends Error {}

export function createCodeStore(prisma: PrismaClient): AuthorizationCodeStore {
  return {
    async issue(code, { whileConsented }) {
      return prisma.$transaction(async (tx) => {
        if (whileConsented && !(await holdConsent(tx, code))) return false;
        await tx.authorizationCode.create({ data: toRow(code), select: { codeHash: true } });
        return true;
      });
    },

    async issueForRequest(code, requestIdHash, { whileConsented }) {
      // The request before the consent, as when a decision is stored: two that meet wait for each other in one order.
      const work = prisma.$transaction(async (tx) => {
        const { count } = await tx.authorizationRequest.deleteMany({ where: { idHash: requestIdHash } });
        if (count !== 1) return false;
        if (whileConsented && !(await holdConsent(tx, code))) throw new NotConsentedError();
        await tx.authorizationCode.create({ data: toRow(code), select: { codeHash: true } });
        return true;
      });
      return work.catch((error) => {
        if (error instanceof NotConsentedError) return false;
        throw error;
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

/** Whether the consent covers the code; until the transaction ends it can't be withdrawn. */
async function holdConsent(tx: Prisma.TransactionClient, code: AuthorizationCode): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM consents
    WHERE user_id = ${code.userId}::uuid AND application_id = ${code.applicationId}::uuid
      AND scopes @> ${[...code.scopes]}::text[]
    FOR SHARE`;
  return held.length === 1;
}

function toRow(code: AuthorizationCode) {
  return { ...code, scopes: [...code.scopes] };
}
