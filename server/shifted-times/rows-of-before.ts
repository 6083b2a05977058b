import { randomBytes, randomUUID } from "node:crypto";
import { createPostgresClient, type PostgresClient } from "@/lib/db/postgres";

/** For tests: rows as an earlier version stored them, each time as text without an offset. */

export async function withClient<T>(url: string, work: (client: PostgresClient) => Promise<T>): Promise<T> {
  const client = createPostgresClient(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

type Row = Record<string, unknown>;

export async function insert(client: PostgresClient, table: string, row: Row, toValue: (value: unknown) => unknown) {
  const parameters = Object.keys(row).map((_column, index) => `$${index + 1}`);
  const sql = `INSERT INTO ${table} (${Object.keys(row).join(", ")}) VALUES (${parameters.join(", ")})`;
  await client.query(sql, Object.values(row).map(toValue));
}

export const withoutOffset = (value: unknown) =>
  value instanceof Date ? value.toISOString().replace("T", " ").replace("Z", "") : value;

export function createIdAt(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, "0");
  const random = randomBytes(9).toString("hex");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-a${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

export const hours = (at: Date, count: number) => new Date(at.getTime() + count * 3_600_000);

export interface Stored {
  table: string;
  /** Finds the row again. */
  key: Row;
  times: Record<string, Date>;
}

/** What a user who signs in at `at` leaves behind; `far` is when the longest-lived of it ends. */
function describeLife(at: Date, far: Date): { table: string; row: Row }[] {
  const [user, application, session, family] = [createIdAt(at), createIdAt(at), createIdAt(at), randomUUID()];
  const name = randomUUID();
  const times = { created_at: at, expires_at: far };
  const owner = { application_id: application, user_id: user };
  const names = { username: name, username_key: name, email: name, email_key: name };
  const token = { scopes: ["read"], created_at: at };
  const seen = { authenticated_at: hours(at, -1), created_at: at, last_seen_at: hours(at, 2), expires_at: far };
  const delivery = { application_id: application, uri: "https://app.example/", subject: "x", ...times };
  const client = { client_id: name, name, client_type: "confidential", grant_types: ["authorization_code"] };
  return [
    {
      table: "users",
      row: { id: user, ...names, created_at: at, updated_at: hours(at, 3), disabled_at: hours(at, 4) },
    },
    { table: "user_passwords", row: { user_id: user, hash: "x", updated_at: at } },
    { table: "applications", row: { id: application, ...client, created_at: at, updated_at: at } },
    {
      table: "client_secrets",
      row: { id: createIdAt(at), application_id: application, label: "x", hash: "x", last_four: "x", ...times },
    },
    { table: "sessions", row: { id: session, token_hash: name, user_id: user, ...seen } },
    { table: "consents", row: { ...owner, scopes: ["read"], created_at: at, updated_at: hours(at, 1) } },
    { table: "token_families", row: { id: family, ...owner, code_hash: name, ...times, last_used_at: hours(at, 5) } },
    {
      table: "access_tokens",
      row: { token_hash: name, ...owner, family_id: family, ...token, expires_at: hours(at, 10) },
    },
    { table: "refresh_tokens", row: { token_hash: name, family_id: family, ...token, expires_at: far } },
    { table: "audit_events", row: { id: createIdAt(at), at, type: "x" } },
    { table: "rate_limits", row: { key_hash: name, attempts: 1, window_started_at: at, expires_at: hours(at, 1) } },
    { table: "used_jtis", row: { key_hash: name, expires_at: hours(at, 0.1) } },
    { table: "logout_deliveries", row: { id: createIdAt(at), ...delivery, next_attempt_at: hours(at, 1) } },
  ];
}

/** Written by PostgreSQL's clock, or with an error that cancelled out: always correct. */
function describeRightRows(at: Date): { table: string; row: Row }[] {
  return [
    {
      table: "signing_keys",
      row: {
        kid: randomUUID(),
        algorithm: "ES256",
        public_jwk: {},
        sealed_private: "x",
        created_at: at,
        signs_from: at,
      },
    },
  ];
}

/** Stores the rows in a session with `zone`, like an earlier version, and returns what they were meant to be. */
export async function storeAsBefore(url: string, zone: string | null, at: Date, far: Date): Promise<Stored[]> {
  return withClient(url, async (client) => {
    if (zone) await client.query("SELECT set_config('TimeZone', $1, false)", [zone]);
    const life = describeLife(at, far);
    for (const { table, row } of life) await insert(client, table, row, withoutOffset);
    const right = describeRightRows(at);
    for (const { table, row } of right) await insert(client, table, row, (value) => value);
    return [...life, ...right].map(({ table, row }) => {
      const isTime = ([, value]: [string, unknown]) => value instanceof Date;
      const key = Object.entries(row).filter(([column]) =>
        /^(id|user_id|application_id|kid|token_hash|key_hash)$/.test(column),
      );
      return {
        table,
        key: Object.fromEntries(key),
        times: Object.fromEntries(Object.entries(row).filter(isTime)) as Record<string, Date>,
      };
    });
  });
}

export async function readAgain(url: string, stored: Stored[]): Promise<Stored[]> {
  return withClient(url, async (client) => {
    const read: Stored[] = [];
    for (const { table, key, times } of stored) {
      const conditions = Object.keys(key).map((column, index) => `${column} = $${index + 1}`);
      const sql = `SELECT ${Object.keys(times).join(", ")} FROM ${table} WHERE ${conditions.join(" AND ")}`;
      read.push({ table, key, times: (await client.query(sql, Object.values(key))).rows[0] });
    }
    return read;
  });
}
