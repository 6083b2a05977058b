import "server-only";
import type { AuditSettings } from "./audit-log";
import { Prisma } from "./generated/client";
import { getPrisma } from "./prisma";
import { retryConflicts } from "./retry";

interface Ending {
  /** How long a row is kept after it has ended; in hours, as the length of a day depends on the time zone. */
  kept: string;
  /** Rows per statement: few enough that it takes milliseconds. */
  batch: number;
}

const atOnce: Ending = { kept: "0", batch: 500 };

/**
 * Tables whose rows expire. A code is kept for a day, so that a late replay is still recognized; an expired device code
 * for some minutes, because the device learns of it at its next poll (RFC 8628 §3.5). The order matters: rows that
 * refer to another are deleted before it. Deleting an application deletes everything that refers to it, so few are
 * deleted at once.
 */
const expiringTables = {
  sealed_successors: atOnce,
  used_jtis: atOnce,
  rate_limits: atOnce,
  pushed_authorization_requests: atOnce,
  authorization_requests: atOnce,
  authorization_codes: { kept: "24 hours", batch: 500 },
  device_authorizations: { kept: "10 minutes", batch: 500 },
  access_tokens: atOnce,
  refresh_tokens: atOnce,
  token_families: atOnce,
  logout_deliveries: { kept: "1 hour", batch: 500 },
  sessions: { kept: "720 hours", batch: 500 },
  initial_access_tokens: { kept: "720 hours", batch: 500 },
  invitations: { kept: "720 hours", batch: 500 },
  password_reset_links: atOnce,
  messages: { kept: "2160 hours", batch: 500 },
  user_imports: atOnce,
  test_sign_ins: atOnce,
  applications: { kept: "0", batch: 50 },
  reserved_client_ids: atOnce,
  audit_events: atOnce,
} as const satisfies Record<string, Ending>;

export type ExpiringTable = keyof typeof expiringTables;
export const expiringTableNames = Object.keys(expiringTables) as ExpiringTable[];

/**
 * Deletes some expired rows, the oldest first, and returns how many, and whether there may be more. Rows that are
 * locked at this moment are left for the next run, so that no request waits for the cleanup. The database's clock
 * decides.
 */
export async function deleteExpiredRows(
  table: ExpiringTable,
  settings: AuditSettings,
): Promise<{ deleted: number; isLast: boolean }> {
  const { kept, batch } = expiringTables[table];
  const name = Prisma.raw(table);
  const ended = Prisma.sql`
    DELETE FROM ${name} WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${name} WHERE expires_at < now() - ${kept}::interval
      ORDER BY expires_at LIMIT ${batch} FOR UPDATE SKIP LOCKED))`;
  const statement = record(table, ended, settings);
  // Deleting a row deletes what refers to it, which may meet a request that locks the same rows from the other end.
  const deleted = await retryConflicts(() => getPrisma().$executeRaw(statement));
  return { deleted, isLast: deleted < batch };
}

/** Deletes the rows and, if they are audited, records an event for each, in one statement. */
function record(table: ExpiringTable, ended: Prisma.Sql, settings: AuditSettings): Prisma.Sql {
  switch (table) {
    case "access_tokens":
      return rememberLastToken(ended);
    case "applications":
      return recordUnused(ended, settings);
    case "logout_deliveries":
      return recordUndelivered(ended);
    default:
      return ended;
  }
}

/** The list of applications says when each got its last token, or that it never got any. */
function rememberLastToken(ended: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH ended AS (${ended} RETURNING application_id, created_at), remembered AS (
      UPDATE applications a SET last_token_at = latest.at
      FROM (SELECT application_id, max(created_at) AS at FROM ended GROUP BY application_id) latest
      WHERE a.id = latest.application_id AND (a.last_token_at IS NULL OR a.last_token_at < latest.at))
    SELECT FROM ended`;
}

/** A logout token that expired before a process could give it up: there were too many before it, or no process ran. */
function recordUndelivered(ended: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH ended AS (${ended} RETURNING application_id, attempts, last_problem)
    INSERT INTO audit_events (id, at, type, application_id, details)
    SELECT gen_random_uuid(), now(), 'logout.undelivered', application_id,
           jsonb_build_object('attempts', attempts, 'reason', COALESCE(last_problem, 'not attempted in time'))
    FROM ended`;
}

/** An application that was never used: the audit log keeps its events for a while. */
function recordUnused(ended: Prisma.Sql, settings: AuditSettings): Prisma.Sql {
  return Prisma.sql`
    WITH ended AS (${ended} RETURNING id, client_id, name)
    INSERT INTO audit_events (id, at, type, application_id, details, expires_at)
    SELECT gen_random_uuid(), now(), 'application.expired', id,
           jsonb_build_object('source', 'dynamic', 'clientId', client_id, 'name', name),
           now() + ${settings.unauthenticatedEventLifetime} * interval '1 second'
    FROM ended`;
}
