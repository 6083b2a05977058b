import "server-only";
import { z } from "zod";
import type { AuditLog, RevocationReason } from "@/lib/oauth/ports/store";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requireUser, type ServiceContext, type Transaction, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import type { Sent, Wire } from "../wire";

export const revokeAuthorizationWire = {
  input: z.object({ applicationId: z.string() }),
  output: null,
} satisfies Wire;

/** Revokes everything this user allowed the application, immediately: consent, codes, devices and tokens. */
export async function revokeAuthorization(
  context: ServiceContext,
  { applicationId }: Sent<typeof revokeAuthorizationWire>,
): Promise<void> {
  const userId = requireUser(context);
  await withTransaction(context, (tx, audit) => withdraw(tx, audit, { userId, applicationId }, context.now()));
}

/** The same in the transaction of a caller who has authorized it. @throws NotFoundError */
export async function withdraw(
  tx: Transaction,
  audit: AuditLog,
  { userId, applicationId }: { userId: string; applicationId: string },
  at: Date,
): Promise<void> {
  if (!isUuid(applicationId)) throw new NotFoundError("authorization");
  const reason: RevocationReason = "authorization_withdrawn";
  const consents = await tx.consent.deleteMany({ where: { userId, applicationId } });
  // Codes first: one that is being redeemed now either fails, or its family is visible to the next statement.
  const codes = await tx.authorizationCode.updateMany({
    where: { userId, applicationId, consumedAt: null },
    data: { consumedAt: at },
  });
  // An approved device that hasn't fetched its tokens is like a code.
  const devices = await tx.deviceAuthorization.updateMany({
    where: { userId, applicationId, decision: "approved", consumedAt: null },
    data: { consumedAt: at },
  });
  const families = await tx.tokenFamily.updateMany({
    where: { userId, applicationId, revokedAt: null },
    data: { revokedAt: at, revokedReason: reason },
  });
  if (consents.count + codes.count + devices.count + families.count === 0) throw new NotFoundError("authorization");
  await audit.record({ type: "authorization.withdrawn", at, userId, applicationId });
}
