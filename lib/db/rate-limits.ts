import "server-only";
import type { AttemptRule } from "@/lib/oauth/ports/store";
import { digest } from "@/lib/oauth/wire/digest";
import { Prisma } from "./generated/client";
import { getPrisma } from "./prisma";

/** A key and how often it may be attempted. A rule whose key a stranger chooses needs another one for their network. */
export type Attempt = readonly [key: string, rule: AttemptRule];

/** Counts an attempt under one key; the seconds to wait, 0 if it may proceed. */
export function countAttempt(key: string, rule: AttemptRule, now: Date): Promise<number> {
  return countAttempts([[key, rule]], now);
}

/**
 * Counts one attempt under each key, or under none: an attempt that any rule refuses isn't counted by the others and
 * writes no row. So the rule for a network bounds the rows that it can cause, no matter which names it makes up.
 * Returns the seconds to wait, 0 if the attempt may proceed. Of any number of parallel attempts, in any process, no
 * more than the limit proceed.
 */
export async function countAttempts(attempts: readonly Attempt[], now: Date): Promise<number> {
  return (await tryAttempts(attempts, now))?.retryAfter ?? 0;
}

export interface AttemptRefusal {
  /** Seconds. */
  retryAfter: number;
  /** Keys whose limit is known to be reached: a parallel attempt may have taken the last place. */
  keys: readonly string[];
}

/**
 * Counts an attempt under each key that has room for one, whatever the others have. Returns the keys that it was
 * counted under: what is about these may proceed.
 */
export async function countEach(attempts: readonly Attempt[], now: Date): Promise<Set<string>> {
  if (attempts.length === 0) return new Set();
  const keys = new Map(attempts.map(([key]) => [digest(key), key]));
  const rules = new Map(attempts.map(([key, rule]) => [digest(key), rule]));
  const outcomes = await count([...rules], now, Prisma.sql`t.key_hash = given.key_hash`);
  return new Set(outcomes.flatMap(({ keyHash, counted }) => (counted ? [keys.get(keyHash) ?? ""] : [])));
}

/** Like `countAttempts`, but returns what refused the attempt; null if it may proceed. */
export async function tryAttempts(attempts: readonly Attempt[], now: Date): Promise<AttemptRefusal | null> {
  const rules = new Map(attempts.map(([key, rule]) => [digest(key), rule]));
  // In one order, so that two calls never deadlock.
  const keyed = [...rules].sort(([a], [b]) => (a < b ? -1 : 1));
  const outcomes = await count(keyed, now);
  const refused = outcomes.filter(({ counted }) => !counted);
  if (refused.length === 0) return null;
  // Rare: a parallel attempt took the last place under one of the keys after the others had been counted.
  await uncount(outcomes.filter(({ counted }) => counted).map(({ keyHash }) => keyHash));
  const waits = refused.flatMap(({ expiresAt }) => (expiresAt ? [expiresAt.getTime() - now.getTime()] : []));
  // A row that a parallel attempt has just filled is not in this statement's snapshot: its window has just begun.
  const windows = refused.map(({ keyHash }) => (rules.get(keyHash)?.window ?? 0) * 1000);
  const full = new Set(refused.filter(({ expiresAt }) => expiresAt !== null).map(({ keyHash }) => keyHash));
  return {
    retryAfter: Math.max(1, Math.ceil(Math.max(...(waits.length > 0 ? waits : windows)) / 1000)),
    keys: attempts.map(([key]) => key).filter((key) => full.has(digest(key))),
  };
}

interface Outcome {
  keyHash: string;
  counted: boolean;
  /** Null if there is room under this key, and it was not counted because of another one. */
  expiresAt: Date | null;
}

/** `refusing` says which of the rules whose limit is reached keep another one from being counted. */
function count(rules: readonly Attempt[], now: Date, refusing = Prisma.sql`true`): Promise<Outcome[]> {
  const given = Prisma.join(
    rules.map(
      ([key, { limit, window }]) =>
        Prisma.sql`(${key}::text, ${limit}::int, ${new Date(now.getTime() + window * 1000)}::timestamptz)`,
    ),
  );
  // The guard of the update reads the row as it is once its lock is held, which decides between parallel attempts.
  return getPrisma().$queryRaw<Outcome[]>`
    WITH given (key_hash, maximum, ends_at) AS (VALUES ${given}),
    taken AS (
      SELECT r.key_hash, r.expires_at FROM given g JOIN rate_limits r ON r.key_hash = g.key_hash
      WHERE r.expires_at > ${now}::timestamptz AND r.attempts >= g.maximum
    ),
    counted AS (
      INSERT INTO rate_limits AS r (key_hash, attempts, window_started_at, expires_at)
      SELECT key_hash, 1, ${now}::timestamptz, ends_at FROM given
      WHERE NOT EXISTS (SELECT 1 FROM taken t WHERE ${refusing}) ORDER BY key_hash
      ON CONFLICT (key_hash) DO UPDATE SET
        attempts = CASE WHEN r.expires_at <= ${now}::timestamptz THEN 1 ELSE r.attempts + 1 END,
        window_started_at = CASE WHEN r.expires_at <= ${now}::timestamptz
                                 THEN EXCLUDED.window_started_at ELSE r.window_started_at END,
        expires_at = CASE WHEN r.expires_at <= ${now}::timestamptz THEN EXCLUDED.expires_at ELSE r.expires_at END
      WHERE r.expires_at <= ${now}::timestamptz
         OR r.attempts < (SELECT g.maximum FROM given g WHERE g.key_hash = r.key_hash)
      RETURNING key_hash
    )
    SELECT g.key_hash AS "keyHash", c.key_hash IS NOT NULL AS counted, t.expires_at AS "expiresAt"
    FROM given g LEFT JOIN counted c ON c.key_hash = g.key_hash LEFT JOIN taken t ON t.key_hash = g.key_hash`;
}

/** Takes back one attempt under each key. A key without other attempts keeps no row. */
export async function uncountAttempts(keys: readonly string[]): Promise<void> {
  await uncount(keys.map(digest));
}

async function uncount(keyHashes: readonly string[]): Promise<void> {
  // One statement for each: a single one could lock the rows in another order than counting does.
  const uncountOne = (keyHash: string) => getPrisma().$executeRaw`
    WITH last_one AS (DELETE FROM rate_limits WHERE key_hash = ${keyHash} AND attempts <= 1)
    UPDATE rate_limits SET attempts = attempts - 1 WHERE key_hash = ${keyHash} AND attempts > 1`;
  await Promise.all(keyHashes.map(uncountOne));
}

/** Forgets every attempt under `key`. */
export async function forgetAttempts(key: string): Promise<void> {
  await getPrisma().rateLimit.deleteMany({ where: { keyHash: digest(key) } });
}
