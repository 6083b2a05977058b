import "server-only";
import type { Transaction } from "../../context";

/** Counting stops here, and the page shows "or more": an exact number isn't worth its cost. */
const countLimit = 10_000;

export interface ApplicationImpact {
  /** Each capped at `countLimit`. */
  people: number;
  activeAccessTokens: number;
  activeRefreshTokens: number;
  countLimit: number;
}

/** What ends together with applications; while they are disabled the same is suspended. */
export async function countImpact(
  client: Pick<Transaction, "$queryRaw">,
  ids: readonly string[],
  now: Date,
): Promise<ApplicationImpact> {
  const chosen = [...ids];
  const [counts] = await client.$queryRaw<Omit<ApplicationImpact, "countLimit">[]>`
    SELECT
      (SELECT count(DISTINCT user_id)::int FROM (
        SELECT user_id FROM consents WHERE application_id = ANY(${chosen}::uuid[]) LIMIT ${countLimit}) c) AS people,
      (SELECT count(*)::int FROM (
        SELECT 1 FROM access_tokens t LEFT JOIN token_families f ON f.id = t.family_id
        WHERE t.application_id = ANY(${chosen}::uuid[]) AND t.expires_at > ${now}::timestamptz AND t.revoked_at IS NULL
          AND f.revoked_at IS NULL LIMIT ${countLimit}) a) AS "activeAccessTokens",
      (SELECT count(*)::int FROM (
        SELECT 1 FROM refresh_tokens t JOIN token_families f ON f.id = t.family_id
        WHERE f.application_id = ANY(${chosen}::uuid[]) AND t.expires_at > ${now}::timestamptz AND t.rotated_at IS NULL
          AND f.revoked_at IS NULL AND f.expires_at > ${now}::timestamptz LIMIT ${countLimit}) r)
        AS "activeRefreshTokens"`;
  return { people: 0, activeAccessTokens: 0, activeRefreshTokens: 0, ...counts, countLimit };
}
