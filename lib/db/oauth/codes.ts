import "server-only";
import type { AuthorizationCodeStore, IssueCondition } from "@/lib/oauth/ports/store";
import type { AuthorizationCode } from "@/lib/oauth/ports/types";
import { listPermissions } from "@/lib/oauth/scope/consent-entries";
import type { PrismaClient } from "../client";
import { Prisma } from "../generated/client";
import { claimsColumn } from "./claims-column";
import { lockLiveSession } from "./lock-live-session";
import { storeIssued } from "./store-issued";

/** Rolls the transaction back, so that the request stays. */
class NotAllowedError extends Error {}

export function createCodeStore(prisma: PrismaClient): AuthorizationCodeStore {
  return {
    async issue(code, condition) {
      return prisma.$transaction(async (tx) => {
        if (!(await lockPrerequisites(tx, code, condition))) return false;
        await tx.authorizationCode.create({ data: toRow(code), select: { codeHash: true } });
        return true;
      });
    },

    async issueForRequest(code, requestIdHash, condition) {
      // The request before the consent, as when a decision is stored: concurrent ones lock in the same order.
      const work = prisma.$transaction(async (tx) => {
        const { count } = await tx.authorizationRequest.deleteMany({ where: { idHash: requestIdHash } });
        if (count !== 1) return false;
        if (!(await lockPrerequisites(tx, code, condition))) throw new NotAllowedError();
        await tx.authorizationCode.create({ data: toRow(code), select: { codeHash: true } });
        return true;
      });
      return work.catch((error) => {
        if (error instanceof NotAllowedError) return false;
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
      return { ...code, claims: claimsColumn.read(code.claims), userDisabled: user.disabledAt !== null };
    },

    redeem(codeHash, issued) {
      const consume = Prisma.sql`
        UPDATE authorization_codes SET consumed_at = ${issued.family.createdAt}::timestamptz
        WHERE code_hash = ${codeHash} AND consumed_at IS NULL
        RETURNING code_hash`;
      return storeIssued(prisma, consume, issued);
    },

    async invalidate(codeHash, at) {
      const { count } = await prisma.authorizationCode.updateMany({
        where: { codeHash, consumedAt: null },
        data: { consumedAt: at },
      });
      return count === 1;
    },
  };
}

/** Whether the prerequisites of the code still hold: the session and, if it matters, the consent. */
async function lockPrerequisites(
  tx: Prisma.TransactionClient,
  code: AuthorizationCode,
  { whileConsented }: IssueCondition,
) {
  return (await lockLiveSession(tx, code.sessionId)) && (!whileConsented || (await lockConsent(tx, code)));
}

/** Whether the consent covers the code; it can't be revoked until the transaction ends. */
async function lockConsent(tx: Prisma.TransactionClient, code: AuthorizationCode): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM consents
    WHERE user_id = ${code.userId}::uuid AND application_id = ${code.applicationId}::uuid
      AND scopes @> ${listPermissions(code)}::text[]
    FOR SHARE`;
  return held.length === 1;
}

function toRow(code: AuthorizationCode) {
  return {
    ...code,
    scopes: [...code.scopes],
    resources: [...code.resources],
    amr: [...code.amr],
    claims: claimsColumn.write(code.claims),
  };
}
