/**
 * What earlier versions wrote through Prisma without an offset, so that PostgreSQL interpreted it in the session's time
 * zone. What PostgreSQL's own clock wrote was right and isn't listed: `created_at` of session_participants and
 * pairwise_subjects by default, and all of signing_keys, whose times were read from PostgreSQL with the same error with
 * which they were written. Columns that later versions add are written correctly, unless a migration fills them from
 * others: `expires_at` of audit_events and all of reserved_client_ids.
 */
export const shiftedColumns: Record<string, readonly string[]> = {
  users: ["created_at", "updated_at", "disabled_at"],
  user_passwords: ["updated_at"],
  sessions: ["authenticated_at", "created_at", "last_seen_at", "expires_at", "ended_at"],
  setup_links: ["created_at", "used_at"],
  applications: ["created_at", "updated_at", "disabled_at"],
  client_secrets: ["created_at", "expires_at", "last_used_at", "revoked_at"],
  apis: ["created_at", "updated_at"],
  initial_access_tokens: ["created_at", "expires_at", "last_used_at", "revoked_at"],
  consents: ["created_at", "updated_at"],
  authorization_requests: ["created_at", "expires_at"],
  pushed_authorization_requests: ["created_at", "expires_at"],
  authorization_codes: ["authenticated_at", "created_at", "expires_at", "consumed_at"],
  device_authorizations: ["created_at", "expires_at", "last_polled_at", "authenticated_at", "consumed_at"],
  token_families: ["authenticated_at", "created_at", "expires_at", "last_used_at", "revoked_at"],
  access_tokens: ["created_at", "expires_at", "revoked_at"],
  refresh_tokens: ["created_at", "expires_at", "rotated_at"],
  sealed_successors: ["expires_at"],
  logout_deliveries: ["created_at", "next_attempt_at", "expires_at"],
  audit_events: ["at", "expires_at"],
  rate_limits: ["window_started_at", "expires_at"],
  used_jtis: ["expires_at"],
  reserved_client_ids: ["reserved_at", "expires_at"],
};

/** Which rows of a table have a shifted value in a column, if not all do: PostgreSQL's clock sets later attempts. */
export const shiftedRows: Record<string, Record<string, string>> = {
  logout_deliveries: { next_attempt_at: "attempts = 0" },
};

/** Columns written at the moment the row got its ID: a UUID of version 7, which contains the time. */
export const datedColumns: Record<string, string> = {
  audit_events: "at",
  sessions: "created_at",
  users: "created_at",
  applications: "created_at",
  client_secrets: "created_at",
  initial_access_tokens: "created_at",
  apis: "created_at",
  logout_deliveries: "created_at",
};

/** Entries in these are refused until they expire: later is safer. */
export const refusingTables = ["used_jtis", "reserved_client_ids"];

/** Until when, or since when, something is valid: the earlier, the sooner it ends. */
export const endingColumns = ["expires_at", "last_seen_at", "authenticated_at", "window_started_at"];

/** The instant in an ID of version 7 (RFC 9562 §5.7): its first 48 bits are milliseconds since 1970. */
export const idTime = `(timestamptz 'epoch' + ('x0000' || left(replace(id::text, '-', ''), 12))::bit(64)::bigint * interval '1 millisecond')`;
export const hasIdTime = `substr(id::text, 15, 1) = '7'`;
