import "server-only";
import type { Transaction } from "../context";

/**
 * Ends what an application has been granted with any of these scopes: codes, devices and tokens, and whatever else
 * descends from the same consent. A JWT is good until it expires at an API that asks nobody.
 */
export async function endScopes(
  tx: Transaction,
  applicationId: string,
  scopes: readonly string[],
  at: Date,
): Promise<void> {
  if (scopes.length === 0) return;
  const ended = [...scopes];
  await tx.authorizationCode.deleteMany({ where: { applicationId, scopes: { hasSome: ended }, consumedAt: null } });
  await tx.deviceAuthorization.deleteMany({ where: { applicationId, scopes: { hasSome: ended }, consumedAt: null } });
  const withScope = { some: { scopes: { hasSome: ended } } };
  await tx.tokenFamily.updateMany({
    where: { applicationId, revokedAt: null, OR: [{ refreshTokens: withScope }, { accessTokens: withScope }] },
    data: { revokedAt: at, revokedReason: "scope_ended" },
  });
  await tx.accessToken.updateMany({
    where: { applicationId, familyId: null, revokedAt: null, scopes: { hasSome: ended } },
    data: { revokedAt: at },
  });
}
