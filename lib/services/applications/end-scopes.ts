import "server-only";
import { listClaimsOfScopes } from "@/lib/oauth/openid/claims";
import type { Transaction } from "../context";

/**
 * Ends everything an application has been granted with any of these scopes: codes, devices and tokens, and whatever
 * else comes from the same consent. At an API that doesn't introspect, a JWT stays valid until it expires.
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
  await endClaims(tx, applicationId, listClaimsOfScopes(scopes), at);
  await tx.accessToken.updateMany({
    where: { applicationId, familyId: null, revokedAt: null, scopes: { hasSome: ended } },
    data: { revokedAt: at },
  });
}

/** The same for grants with these claims by name, whose scopes are in no token (OpenID Connect Core §5.5). */
async function endClaims(tx: Transaction, applicationId: string, names: readonly string[], at: Date): Promise<void> {
  if (names.length === 0) return;
  const claims = [...names];
  await tx.$executeRaw`
    DELETE FROM authorization_codes
    WHERE application_id = ${applicationId}::uuid AND consumed_at IS NULL
      AND (claims->'userinfo' ?| ${claims}::text[] OR claims->'id_token' ?| ${claims}::text[])`;
  await tx.$executeRaw`
    UPDATE token_families SET revoked_at = ${at}::timestamptz, revoked_reason = 'scope_ended'
    WHERE application_id = ${applicationId}::uuid AND revoked_at IS NULL
      AND (claims->'userinfo' ?| ${claims}::text[] OR claims->'id_token' ?| ${claims}::text[])`;
}
