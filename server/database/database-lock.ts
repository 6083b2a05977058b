import { createPostgresClient, type PostgresClient } from "@/lib/db/postgres";

/** Milliseconds after which a wait is reported, unless the lock sets another time. */
const noticeAfterMs = 5000;

export interface DatabaseLock {
  /** A number that nothing else locks in this database. */
  key: number;
  /** What only one process at a time may do, such as "migrate the database". */
  purpose: string;
  databaseUrl: string;
  report: (line: string) => void;
  /** Milliseconds. */
  noticeAfter?: number;
}

/**
 * Acquires an advisory lock in the current transaction of `client`, without a time limit, and lifts the transaction's
 * own limits. Never for the session: behind a pooler in transaction mode, a session's lock would stay with a connection
 * that others get next, and could never be released.
 */
export async function lockForTransaction(client: PostgresClient, lock: DatabaseLock): Promise<void> {
  // `transaction_timeout` exists since PostgreSQL 17.
  await client.query(
    `SELECT set_config(name, '0', true) FROM pg_settings WHERE name IN
     ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`,
  );
  const notice = setTimeout(() => void describeWait(lock).then(lock.report), lock.noticeAfter ?? noticeAfterMs);
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [lock.key]);
  } finally {
    clearTimeout(notice);
  }
}

async function describeWait({ key, purpose, databaseUrl }: DatabaseLock): Promise<string> {
  const waiting = `Waiting for another process to ${purpose}.`;
  const holder = await findHolder(databaseUrl, key).catch(() => null);
  if (!holder) return waiting;
  return (
    `${waiting} The lock is held by process ${holder.pid} of PostgreSQL (${holder.details}). ` +
    `If nothing of Latchkey runs there any more, end it: SELECT pg_terminate_backend(${holder.pid});`
  );
}

async function findHolder(databaseUrl: string, key: number): Promise<{ pid: number; details: string } | null> {
  const client = createPostgresClient(databaseUrl);
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number; details: string; since: Date | null }>(
      `SELECT pid, concat_ws(', ', 'user ' || usename, 'from ' || COALESCE(host(client_addr), 'this machine'), state) AS details,
              state_change AS since
       FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = $1::bigint::oid AND objsubid = 1
         AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [key],
    );
    const [holder] = rows;
    if (!holder) return null;
    const { pid, details, since } = holder;
    return { pid, details: since ? `${details} since ${since.toISOString()}` : details };
  } finally {
    await client.end().catch(() => {});
  }
}
