import "server-only";
import { digest } from "@/lib/oauth/digest";
import type { AttemptRule } from "@/lib/oauth/store";
import { getPrisma } from "./prisma";

/**
 * Counts an attempt under `key` and returns how many seconds the caller has to wait: 0 where it is let through. One
 * statement counts and tells, so that of any number of parallel attempts in any process no more than the limit pass.
 */
export async function countAttempt(key: string, rule: AttemptRule, now: Date): Promise<number> {
  const windowStart = new Date(now.getTime() - rule.window * 1000);
  const windowEnd = new Date(now.getTime() + rule.window * 1000);
  const [row] = await getPrisma().$queryRaw<{ attempts: number; expiresAt: Date }[]>`
    INSERT INTO rate_limits AS r (key_hash, attempts, window_started_at, expires_at)
    VALUES (${digest(key)}, 1, ${now}::timestamptz, ${windowEnd}::timestamptz)
    ON CONFLICT (key_hash) DO UPDATE SET
      attempts = CASE WHEN r.window_started_at <= ${windowStart}::timestamptz THEN 1 ELSE r.attempts + 1 END,
      window_started_at = CASE WHEN r.window_started_at <= ${windowStart}::timestamptz
                               THEN EXCLUDED.window_started_at ELSE r.window_started_at END,
      expires_at = CASE WHEN r.window_started_at <= ${windowStart}::timestamptz
                        THEN EXCLUDED.expires_at ELSE r.expires_at END
    RETURNING attempts, expires_at AS "expiresAt"`;
  if (!row || row.attempts <= rule.limit) return 0;
  return Math.max(1, Math.ceil((row.expiresAt.getTime() - now.getTime()) / 1000));
}

/** Takes back one attempt under `key`. */
export async function uncountAttempt(key: string): Promise<void> {
  await getPrisma().rateLimit.updateMany({
    where: { keyHash: digest(key), attempts: { gt: 0 } },
    data: { attempts: { decrement: 1 } },
  });
}

/** Forgets every attempt under `key`. */
export async function forgetAttempts(key: string): Promise<void> {
  await getPrisma().rateLimit.deleteMany({ where: { keyHash: digest(key) } });
}
