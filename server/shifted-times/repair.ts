import type { PostgresClient } from "@/lib/db/postgres";
import { datedColumns, endingColumns, hasIdTime, idTime, refusingTables, shiftedColumns, shiftedRows } from "./columns";
import type { Evidence } from "./evidence";

/**
 * Restores the intended instant of every shifted value, in a transaction with the zone in which it was written: there,
 * PostgreSQL shows what it was sent, which was UTC. Returns the number of rows.
 */
export async function repairByZone(client: PostgresClient): Promise<number> {
  return updateTables(client, (table, column) => {
    const repaired = `CAST(${column} AS timestamp) AT TIME ZONE 'UTC'`;
    const condition = shiftedRows[table]?.[column];
    return condition ? `CASE WHEN ${condition} THEN ${repaired} ELSE ${column} END` : repaired;
  });
}

/**
 * For rows from more than one zone, when it is unknown which: what ends does so at the earliest time it can have meant,
 * and what was used is remembered until the latest. Rows with a time in their ID get that. Returns the number of rows.
 */
export async function repairConservatively(client: PostgresClient, evidence: Evidence[]): Promise<number> {
  const shifts = evidence.map(({ shift }) => Math.round(shift));
  const seconds = (count: number) => `make_interval(secs => ${count})`;
  const [earliest, latest] = [seconds(Math.max(0, ...shifts)), seconds(-Math.min(0, ...shifts))];
  let rows = await updateTables(client, (table, column) => {
    if (refusingTables.includes(table)) return column === "expires_at" ? `${column} + ${latest}` : null;
    // Notifying an application late of a sign-out is worse than notifying it early.
    if (table === "logout_deliveries") return column === "next_attempt_at" ? `LEAST(${column}, now())` : null;
    return endingColumns.includes(column) ? `${column} - ${earliest}` : null;
  });
  for (const [table, column] of Object.entries(datedColumns)) {
    const { rowCount } = await client.query(
      `UPDATE ${table} SET ${column} = ${idTime}
       WHERE ${hasIdTime} AND abs(extract(epoch FROM ${column} - ${idTime})) BETWEEN 900 AND 54000`,
    );
    rows += rowCount ?? 0;
  }
  return rows;
}

/** Sets each shifted column to what `repair` returns; null leaves it unchanged. One statement per table. */
async function updateTables(
  client: PostgresClient,
  repair: (table: string, column: string) => string | null,
): Promise<number> {
  const present = await readColumns(client);
  let rows = 0;
  for (const [table, columns] of Object.entries(shiftedColumns)) {
    const settings = columns.flatMap((column) => {
      const value = present.has(`${table}.${column}`) ? repair(table, column) : null;
      return value === null ? [] : [`${column} = ${value}`];
    });
    if (settings.length === 0) continue;
    const { rowCount } = await client.query(`UPDATE ${table} SET ${settings.join(", ")}`);
    rows += rowCount ?? 0;
  }
  return rows;
}

/** A later version may have dropped some of them. */
async function readColumns(client: PostgresClient): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND data_type = 'timestamp with time zone'`,
  );
  return new Set(rows.map(({ name }) => name));
}
