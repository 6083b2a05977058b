import { createPostgresClient, type PostgresClient } from "@/lib/db/postgres";
import { lockForTransaction } from "../database/database-lock";
import { type Evidence, explains, readEvidence, searchZone } from "./evidence";
import { repairByZone, repairConservatively } from "./repair";

/** The name under which completion is recorded. */
const name = "shifted_times";
/** Held during the repair; any number that nothing else locks in this database. */
const lock = 7_206_002;

interface Outcome {
  /** The zone of the sessions that wrote the times; null if there were several, or none. */
  zone: string | null;
  rows: number;
  /** One line for the operator; null if there was nothing to repair. */
  message: string | null;
}

/**
 * Repairs the times that an earlier version stored shifted by the database's time zone (docs/adr/0027). This happens
 * once per database, in whichever process comes first; the others wait for it.
 * @param readConfiguredZone the zone in the embedded cluster's own configuration, which sessions no longer have
 */
export async function repairShiftedTimes(
  databaseUrl: string,
  readConfiguredZone: () => Promise<string | null>,
  report: (line: string) => void = () => {},
): Promise<string | null> {
  const client = createPostgresClient(databaseUrl);
  await client.connect();
  try {
    if (await isDone(client)) return null;
    await client.query("BEGIN");
    await lockForTransaction(client, { key: lock, purpose: "correct times that are stored", databaseUrl, report });
    // As PostgreSQL shows it to every session of this database and role, including ours.
    const { rows } = await client.query<{ zone: string }>("SELECT current_setting('TimeZone') AS zone");
    const zones = [await readConfiguredZone(), rows[0]?.zone ?? null, "UTC"].filter((zone) => zone !== null);
    const outcome = (await isDone(client)) ? null : await repair(client, zones);
    if (outcome) {
      await client.query("INSERT INTO data_repairs (name, outcome) VALUES ($1, $2)", [name, JSON.stringify(outcome)]);
    }
    await client.query("COMMIT");
    return outcome?.message ?? null;
  } finally {
    // Rolls back what isn't committed, also on a pooler's connection.
    await client.query("ROLLBACK").catch(() => {});
    await client.end();
  }
}

async function isDone(client: PostgresClient): Promise<boolean> {
  return (await client.query("SELECT 1 FROM data_repairs WHERE name = $1", [name])).rowCount === 1;
}

async function repair(client: PostgresClient, likelyZones: string[]): Promise<Outcome> {
  const evidence = await readEvidence(client);
  if (evidence.length === 0) return { zone: null, rows: 0, message: null };
  const zone = await findZone(client, likelyZones, evidence);
  if (zone === null) {
    const rows = await repairConservatively(client, evidence);
    const message = `An earlier version stored times shifted by several time zones. What ends (sessions, tokens, client secrets) now ends at the earliest time that it can have meant: ${rows} rows were changed.`;
    return { zone, rows, message };
  }
  await client.query("SELECT set_config('TimeZone', $1, true)", [zone]);
  if (await isUtc(client)) return { zone, rows: 0, message: null };
  const rows = await repairByZone(client);
  const message = `An earlier version stored times shifted by the database's time zone, ${zone}: corrected ${rows} rows.`;
  return { zone, rows, message };
}

async function findZone(client: PostgresClient, likely: string[], evidence: Evidence[]): Promise<string | null> {
  for (const zone of likely) if (await explains(client, zone, evidence)) return zone;
  return searchZone(client, evidence);
}

/** Whether the session's zone is UTC under any of its names, in winter and in summer. */
async function isUtc(client: PostgresClient): Promise<boolean> {
  const { rows } = await client.query<{ utc: boolean }>(
    `SELECT bool_and(CAST(at AS timestamp) = at AT TIME ZONE 'UTC') AS utc
     FROM unnest(ARRAY[now(), now() - interval '4380 hours']) AS times (at)`,
  );
  return rows[0]?.utc ?? false;
}
