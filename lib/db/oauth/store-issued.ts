import "server-only";
import type { InitialTokens } from "@/lib/oauth/ports/store";
import type { Prisma, PrismaClient } from "../client";

/**
 * Stores what is issued for a code, if `consume` consumes it: an UPDATE that returns the digest as `code_hash`, of one
 * row or none. One statement, so one round trip and one commit: consumed if and only if the tokens are stored.
 */
export async function storeIssued(
  prisma: PrismaClient,
  consume: Prisma.Sql,
  { family, accessToken, refreshToken, joinsSession }: InitialTokens,
): Promise<boolean> {
  const consumed = await prisma.$queryRaw<unknown[]>`
    WITH consumed AS (${consume}), family AS (
      INSERT INTO token_families (id, application_id, user_id, session_id, code_hash, resources, dpop_jkt,
                                  ends_with_session, nonce, claims, authenticated_at, amr, created_at, expires_at,
                                  last_used_at)
      SELECT ${family.id}::uuid, ${family.applicationId}::uuid, ${family.userId}::uuid, ${family.sessionId}::uuid,
             code_hash, ${[...family.resources]}::text[], ${family.dpopJkt}, ${family.endsWithSession}::boolean,
             ${family.nonce}, ${family.claims && JSON.stringify(family.claims)}::jsonb,
             ${family.authenticatedAt}::timestamptz, ${[...family.amr]}::text[], ${family.createdAt}::timestamptz,
             ${family.expiresAt}::timestamptz, ${family.createdAt}::timestamptz
      FROM consumed
    ), access AS (
      INSERT INTO access_tokens (token_hash, application_id, user_id, family_id, scopes, audience, dpop_jkt, jti,
                                 created_at, expires_at)
      SELECT ${accessToken.tokenHash}, ${accessToken.applicationId}::uuid, ${accessToken.userId}::uuid, ${family.id}::uuid,
             ${[...accessToken.scopes]}::text[], ${[...accessToken.audience]}::text[], ${accessToken.dpopJkt},
             ${accessToken.jti}::uuid, ${accessToken.createdAt}::timestamptz, ${accessToken.expiresAt}::timestamptz
      FROM consumed
    ), refresh AS (
      INSERT INTO refresh_tokens (token_hash, family_id, scopes, jti, created_at, expires_at)
      SELECT ${refreshToken?.tokenHash ?? null}, ${family.id}::uuid, ${[...(refreshToken?.scopes ?? [])]}::text[],
             ${refreshToken?.jti ?? null}::uuid, ${family.createdAt}::timestamptz, ${refreshToken?.expiresAt ?? null}::timestamptz
      FROM consumed WHERE ${refreshToken !== null}::boolean
    ), participant AS (
      INSERT INTO session_participants (session_id, application_id)
      SELECT s.id, ${family.applicationId}::uuid FROM consumed, sessions s
      WHERE ${joinsSession}::boolean AND s.id = ${family.sessionId}::uuid
      ON CONFLICT DO NOTHING
    )
    SELECT 1 FROM consumed`;
  return consumed.length === 1;
}
