import "server-only";
import type { SqlQuery } from "@prisma/driver-adapter-utils";

/**
 * Limits that PostgreSQL enforces. Poolers refuse them as start-up parameters, and set for a session they would stay
 * with a connection that a pooler in transaction mode hands to the next client. So they are set for the session if it
 * is our own, otherwise for each transaction (docs/adr/0041).
 */
const names = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"] as const;

/** Milliseconds. */
export type ServerLimits = Partial<Record<(typeof names)[number], number>>;

/** The ones that the driver sends when it connects. */
export const noStartupLimits = Object.fromEntries(names.map((name) => [name, false]));

/** The limits among the settings of a connection; 0 removes one that the role or the database has. */
export function readLimits(settings: { [name in (typeof names)[number]]?: number | false | undefined }): ServerLimits {
  return Object.fromEntries(
    names.flatMap((name) => (typeof settings[name] === "number" ? [[name, settings[name]]] : [])),
  );
}

export function isLimited(limits: ServerLimits): boolean {
  return Object.keys(limits).length > 0;
}

/**
 * Sets the limits for the session and returns a row for each; none behind a pooler, which gives its clients other
 * process ids than PostgreSQL has.
 */
export function limitSession(limits: ServerLimits, processId: number | null): { text: string; values: unknown[] } {
  return {
    text: `SELECT set_config(name, value, false) FROM unnest($1::text[], $2::text[]) AS limits (name, value)
           WHERE pg_backend_pid() = $3`,
    values: [Object.keys(limits), Object.values(limits).map(String), processId],
  };
}

/** Sets the limits for the transaction that has just begun. */
export function limitTransaction(limits: ServerLimits): SqlQuery {
  const settings = Object.entries(limits).map(([name, value]) => `set_config('${name}', '${Number(value)}', true)`);
  return { sql: `SELECT ${settings.join(", ")}`, args: [], argTypes: [] };
}
