import "server-only";
import { Prisma } from "./generated/client";
import { getPrisma } from "./prisma";

/**
 * Tables whose rows end, and how long a row is kept after that. A code is kept for a day, so that a late replay is still
 * known for one; a device hears for a day that its code has expired (RFC 8628 §3.5). Order counts: what refers to a row
 * goes before it.
 */
const expiringTables = {
  sealed_successors: "0",
  used_jtis: "0",
  rate_limits: "0",
  pushed_authorization_requests: "0",
  authorization_requests: "0",
  authorization_codes: "1 day",
  device_authorizations: "1 day",
  access_tokens: "0",
  refresh_tokens: "0",
  token_families: "0",
  logout_deliveries: "1 hour",
  sessions: "30 days",
  initial_access_tokens: "30 days",
  reserved_client_ids: "0",
} as const;

export type ExpiringTable = keyof typeof expiringTables;
export const expiringTableNames = Object.keys(expiringTables) as ExpiringTable[];

/**
 * Deletes at most `limit` rows that have ended, the oldest first, and returns how many it were. Rows that somebody works
 * on at this moment are left for the next time, so that nobody waits for the cleaning. The database's clock decides.
 */
export async function deleteExpiredRows(table: ExpiringTable, limit: number): Promise<number> {
  const name = Prisma.raw(table);
  return getPrisma().$executeRaw`
    DELETE FROM ${name} WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${name} WHERE expires_at < now() - ${expiringTables[table]}::interval
      ORDER BY expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED))`;
}
