import "server-only";
import type { AccessToken, RefreshToken } from "@/lib/oauth/ports/types";
import { Prisma } from "../generated/client";

/**
 * The part of a statement that stores an access token, once for each row of `source`, a FROM clause with at most one
 * row, so that the token is stored if and only if something was consumed.
 */
export function insertAccessToken(token: AccessToken, source: Prisma.Sql = Prisma.empty): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO access_tokens (token_hash, application_id, user_id, family_id, scopes, audience, dpop_jkt, jti,
                               created_at, expires_at)
    SELECT ${token.tokenHash}, ${token.applicationId}::uuid, ${token.userId}::uuid, ${token.familyId}::uuid,
           ${[...token.scopes]}::text[], ${[...token.audience]}::text[], ${token.dpopJkt}, ${token.jti}::uuid,
           ${token.createdAt}::timestamptz, ${token.expiresAt}::timestamptz ${source}`;
}

/** The same for a refresh token; for null, a part that stores nothing. */
export function insertRefreshToken(token: RefreshToken | null, source: Prisma.Sql): Prisma.Sql {
  if (!token) return Prisma.sql`SELECT 1`;
  return Prisma.sql`
    INSERT INTO refresh_tokens (token_hash, family_id, scopes, jti, created_at, expires_at)
    SELECT ${token.tokenHash}, ${token.familyId}::uuid, ${[...token.scopes]}::text[], ${token.jti}::uuid,
           ${token.createdAt}::timestamptz, ${token.expiresAt}::timestamptz ${source}`;
}
