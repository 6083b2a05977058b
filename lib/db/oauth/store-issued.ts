import "server-only";
import type { InitialTokens } from "@/lib/oauth/ports/store";
import type { PrismaClient } from "../client";
import { Prisma } from "../generated/client";
import { insertAccessToken, insertRefreshToken } from "./insert-tokens";

/**
 * Stores what is issued for a code, if `consume` consumes it: an UPDATE that returns the digest as `code_hash`, of at
 * most one row. One statement, so one round trip and one commit: consumed if and only if the tokens are stored.
 */
export async function storeIssued(
  prisma: PrismaClient,
  consume: Prisma.Sql,
  { family, accessToken, refreshToken, joinsSession }: InitialTokens,
): Promise<boolean> {
  const fromConsumed = Prisma.sql`FROM consumed`;
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
      ${insertAccessToken(accessToken, fromConsumed)}
    ), refresh AS (
      ${insertRefreshToken(refreshToken, fromConsumed)}
    ), participant AS (
      INSERT INTO session_participants (session_id, application_id)
      SELECT s.id, ${family.applicationId}::uuid FROM consumed, sessions s
      WHERE ${joinsSession}::boolean AND s.id = ${family.sessionId}::uuid
      ON CONFLICT DO NOTHING
    )
    SELECT 1 FROM consumed`;
  return consumed.length === 1;
}
