import type { PostgresClient } from "@/lib/db/postgres";
import { datedColumns, hasIdTime, idTime } from "./columns";

/** How far the rows of one hour were off: `count` rows, `shift` seconds after (or before) the time in their ID. */
export interface Evidence {
  at: Date;
  shift: number;
  count: number;
}

/** No zone is more than 14 hours off. A larger shift has another reason, such as imported rows. */
const largestShift = 15 * 3600;
/**
 * Seconds that may pass between the time of a row and that of its ID. The smallest shift caused by a zone is half an
 * hour.
 */
const tolerance = 600;
/** One row in a hundred may disagree: the machine's clock may have been set in between. */
const toleratedShare = 0.01;

export async function readEvidence(client: PostgresClient): Promise<Evidence[]> {
  const rows = Object.entries(datedColumns).map(
    ([table, column]) => `SELECT ${idTime} AS at, ${column} AS stored FROM ${table} WHERE ${hasIdTime}`,
  );
  const { rows: evidence } = await client.query<Evidence>(
    `SELECT min(at) AS at, avg(shift)::float8 AS shift, count(*)::int AS count
     FROM (SELECT at, extract(epoch FROM stored - at) AS shift FROM (${rows.join(" UNION ALL ")}) AS rows) AS shifts
     WHERE abs(shift) < $1
     GROUP BY floor(extract(epoch FROM at) / 3600), round(shift / 900)`,
    [largestShift],
  );
  return evidence;
}

/** Whether rows written in sessions with this zone would be off by exactly that much. Sets the transaction's zone. */
export async function explains(client: PostgresClient, zone: string, evidence: Evidence[]): Promise<boolean> {
  await client.query("SAVEPOINT zone");
  try {
    await client.query("SELECT set_config('TimeZone', $1, true)", [zone]);
  } catch {
    await client.query("ROLLBACK TO SAVEPOINT zone");
    return false;
  }
  // Deliberately in the session's zone, which has just been set: how PostgreSQL interpreted a time without an offset.
  const { rows } = await client.query<{ shift: number }>(
    `SELECT extract(epoch FROM CAST(at AT TIME ZONE 'UTC' AS timestamptz) - at)::float8 AS shift
     FROM unnest($1::timestamptz[]) WITH ORDINALITY AS rows (at, position) ORDER BY position`,
    [evidence.map(({ at }) => at)],
  );
  const isOff = (each: Evidence, index: number) => Math.abs((rows[index]?.shift ?? 0) - each.shift) > tolerance;
  return countRows(evidence.filter(isOff)) <= countRows(evidence) * toleratedShare;
}

/**
 * A zone that explains the evidence, for a database whose zone has changed since. If several match, the one furthest
 * behind in winter and summer, in which everything that ends in the future ends soonest.
 */
export async function searchZone(client: PostgresClient, evidence: Evidence[]): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM pg_timezone_names AS zones CROSS JOIN LATERAL (
       SELECT sum(count) FILTER (WHERE abs(extract(epoch FROM ((at AT TIME ZONE 'UTC') AT TIME ZONE name) - at) - shift) > $4)
                AS off, sum(count) AS total
       FROM unnest($1::timestamptz[], $2::float8[], $3::int[]) AS evidence (at, shift, count)) AS fit
     WHERE name LIKE '%/%' AND COALESCE(off, 0) <= total * $5::float8
     ORDER BY (now() AT TIME ZONE name) + ((now() - interval '4380 hours') AT TIME ZONE name - timestamp '2000-01-01'), name
     LIMIT 1`,
    [
      evidence.map(({ at }) => at),
      evidence.map(({ shift }) => shift),
      evidence.map(({ count }) => count),
      tolerance,
      toleratedShare,
    ],
  );
  return rows[0]?.name ?? null;
}

function countRows(evidence: Evidence[]): number {
  return evidence.reduce((sum, { count }) => sum + count, 0);
}
