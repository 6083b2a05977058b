import type { PostgresClient } from "@/lib/db/postgres";
import { datedColumns, endingColumns, hasIdTime, idTime, refusingTables, shiftedColumns, shiftedRows } from "./columns";
import type { Evidence } from "./evidence";

/**
 * Gives every shifted value the instant that it was meant to be, in a transaction whose zone is the one in which it was
 * written: what PostgreSQL shows there is what was sent to it, in UTC. Returns how many rows it were.
 */
export async function mendByZone(client: PostgresClient): Promise<number> {
  return updateTables(client, (table, column) => {
    const mended = `CAST(${column} AS timestamp) AT TIME ZONE 'UTC'`;
    const condition = shiftedRows[table]?.[column];
    return condition ? `CASE WHEN ${condition} THEN ${mended} ELSE ${column} END` : mended;
  });
}

/**
 * For rows of more than one zone, of which most don't show which: what ends does so at the earliest time that it can
 * have meant, what was used is remembered until the latest. What has its time in its id gets that. Returns how many
 * rows it were.
 */
export async function mendBySafeSide(client: PostgresClient, evidence: Evidence[]): Promise<number> {
  const shifts = evidence.map(({ shift }) => Math.round(shift));
  const seconds = (count: number) => `make_interval(secs => ${count})`;
  const [earliest, latest] = [seconds(Math.max(0, ...shifts)), seconds(-Math.min(0, ...shifts))];
  let rows = await updateTables(client, (table, column) => {
    if (refusingTables.includes(table)) return column === "expires_at" ? `${column} + ${latest}` : null;
    // To tell an application late that someone has signed out is worse than to tell it early.
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

/** Sets each shifted column to what `mend` makes of it; null leaves it as it is. One statement a table. */
async function updateTables(
  client: PostgresClient,
  mend: (table: string, column: string) => string | null,
): Promise<number> {
  const present = await readColumns(client);
  let rows = 0;
  for (const [table, columns] of Object.entries(shiftedColumns)) {
    const settings = columns.flatMap((column) => {
      const value = present.has(`${table}.${column}`) ? mend(table, column) : null;
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
