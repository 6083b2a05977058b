import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createPostgresClient } from "@/lib/db/postgres";
import { migrate } from "@/server/database/migrate";
import { acquirePostgres, makeTemporaryDataDir } from "@/server/postgres";

/**
 * Shows how PostgreSQL answers the hot statements on big tables: fills a database of its own, runs the real stores with
 * `auto_explain` and writes the plans that it logged to docs/plans.md. Fails if one reads a whole big table.
 */

const output = "docs/plans.md";
/** Tables that stay small: reading all of them is the right plan. */
const smallTables = ["scopes", "apis", "api_resource_servers", "client_secrets", "redirect_uris", "applications"];

interface Operation {
  name: string;
  run(): Promise<unknown>;
}

export async function main() {
  const dataDir = makeTemporaryDataDir("latchkey-plans-");
  const postgres = await acquirePostgres(dataDir);
  try {
    await migrate(postgres.url);
    const database = new URL(postgres.adminUrl);
    database.pathname = new URL(postgres.url).pathname;
    console.error("Filling the tables …");
    const rows = await fill(database.href);
    Object.assign(process.env, { DATABASE_URL: postgres.url, AUTH_SECRET: "x".repeat(40), NODE_ENV: "production" });
    const log = path.join(dataDir, "postgres.log");
    const sections = [];
    for (const operation of await listOperations()) {
      const from = statSync(log).size;
      await operation.run();
      sections.push({ name: operation.name, plans: readPlans(readFileSync(log).subarray(from).toString()) });
    }
    writeFileSync(output, format(rows, sections));
    console.error(`Wrote ${output}`);
    const whole = sections.filter(({ plans }) => plans.some(readsWholeTable));
    for (const { name } of whole) console.error(`Reads a whole table: ${name}`);
    if (whole.length > 0) process.exitCode = 1;
    const { getPrisma } = await import("@/lib/db/prisma");
    await getPrisma().$disconnect();
  } finally {
    await postgres.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Some hundred megabytes, made by PostgreSQL itself. Returns the rows by table. */
async function fill(url: string): Promise<Map<string, number>> {
  const client = createPostgresClient(url);
  await client.connect();
  const id = (kind: string, n: string) => `md5('${kind}' || (${n}))::uuid`;
  const hash = (kind: string, n: string) => `encode(sha256(('${kind}' || (${n}))::bytea), 'base64')`;
  const times = "now() - interval '1 hour', now() + (g % 300) * interval '1 day'";
  const owner = `${id("application", "g % 500")}, ${id("user", "g % 50000")}`;
  await client.query(`
    INSERT INTO users (id, username, username_key, email, email_key, updated_at)
      SELECT ${id("user", "g")}, 'u' || g, 'u' || g, g || '@example.test', g || '@example.test', now()
      FROM generate_series(0, 49999) g;
    INSERT INTO applications (id, client_id, name, client_type, grant_types, updated_at)
      SELECT ${id("application", "g")}, 'client-' || g, 'Application ' || g, 'confidential',
             '{authorization_code,refresh_token}', now() FROM generate_series(0, 499) g;
    INSERT INTO client_secrets (id, application_id, label, hash, last_four)
      SELECT ${id("secret", "g")}, ${id("application", "g")}, 'first', ${hash("secret", "g")}, 'xxxx'
      FROM generate_series(0, 499) g;
    INSERT INTO redirect_uris (id, application_id, uri, position)
      SELECT ${id("uri", "g")}, ${id("application", "g")}, 'https://app.example/' || g, 0 FROM generate_series(0, 499) g;
    INSERT INTO consents (user_id, application_id, scopes, created_at, updated_at)
      SELECT DISTINCT ${id("user", "g % 50000")}, ${id("application", "g % 500")}, '{read,write}'::text[], now(), now()
      FROM generate_series(0, 49999) g;
    INSERT INTO authorization_codes (code_hash, application_id, user_id, redirect_uri, redirect_uri_sent, scopes,
                                     session_id, created_at, expires_at, consumed_at)
      SELECT ${hash("code", "g")}, ${owner}, 'https://app.example/', true, '{read}', ${id("session", "g % 100000")}, ${times}, now()
      FROM generate_series(0, 199999) g;
    INSERT INTO authorization_codes (code_hash, application_id, user_id, redirect_uri, redirect_uri_sent, scopes,
                                     created_at, expires_at)
      SELECT 'fresh-' || g, ${owner}, 'https://app.example/', true, '{read}', ${times} FROM generate_series(0, 9) g;
    INSERT INTO token_families (id, application_id, user_id, code_hash, created_at, expires_at, last_used_at)
      SELECT ${id("family", "g")}, ${owner}, ${hash("code", "g")}, ${times}, now() FROM generate_series(0, 199999) g;
    INSERT INTO access_tokens (token_hash, application_id, user_id, family_id, scopes, created_at, expires_at)
      SELECT ${hash("access", "g")}, ${owner}, ${id("family", "g % 200000")}, '{read}', ${times}
      FROM generate_series(0, 999999) g;
    INSERT INTO refresh_tokens (token_hash, family_id, scopes, created_at, expires_at)
      SELECT ${hash("refresh", "g")}, ${id("family", "g % 200000")}, '{read}', ${times} FROM generate_series(0, 499999) g;
    INSERT INTO sessions (id, token_hash, user_id, authenticated_at, created_at, last_seen_at, expires_at)
      SELECT ${id("session", "g")}, ${hash("session", "g")}, ${id("user", "g % 50000")}, now(), now(), ${times}
      FROM generate_series(0, 99999) g;
    INSERT INTO session_participants (session_id, application_id, created_at)
      SELECT ${id("session", "g")}, ${id("application", "g % 500")}, now() FROM generate_series(0, 99999) g;
    INSERT INTO pairwise_subjects (user_id, sector)
      SELECT ${id("user", "g % 50000")}, 'sector-' || g / 50000 FROM generate_series(0, 99999) g;
    INSERT INTO logout_deliveries (id, application_id, uri, subject, created_at, next_attempt_at, expires_at)
      SELECT ${id("delivery", "g")}, ${id("application", "g % 500")}, 'https://app.example/', 'x', now(),
             now() + (g - 100) * interval '1 second', now() + interval '1 day' FROM generate_series(0, 49999) g;
    INSERT INTO device_authorizations (device_code_hash, user_code_hash, application_id, scopes, session_id, created_at,
                                       expires_at, polling_interval)
      SELECT ${hash("device", "g")}, ${hash("user code", "g")}, ${id("application", "g % 500")}, '{openid}',
             ${id("session", "g")}, ${times}, 5 FROM generate_series(0, 49999) g;
    INSERT INTO sealed_successors (token_hash, sealed, expires_at)
      SELECT ${hash("sealed", "g")}, repeat('x', 300), now() + interval '10 seconds' FROM generate_series(0, 49999) g;
    INSERT INTO used_jtis (key_hash, expires_at)
      SELECT ${hash("jti", "g")}, now() + (g % 600 - 10) * interval '1 second' FROM generate_series(0, 199999) g;
    INSERT INTO rate_limits (key_hash, attempts, window_started_at, expires_at)
      SELECT ${hash("limit", "g")}, 1, now(), now() + interval '5 minutes' FROM generate_series(0, 99999) g;
    INSERT INTO audit_events (id, type, user_id, application_id)
      SELECT ${id("event", "g")}, 'authorization.approved', ${id("user", "g % 50000")}, ${id("application", "g % 500")}
      FROM generate_series(0, 299999) g`);
  await client.query("VACUUM ANALYZE");
  const { rows } = await client.query<{ name: string; count: number }>(
    "SELECT relname AS name, reltuples::int AS count FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 0 ORDER BY reltuples DESC, relname",
  );
  for (const setting of [
    "session_preload_libraries = 'auto_explain'",
    "auto_explain.log_min_duration = 0",
    "auto_explain.log_analyze = on",
    "auto_explain.log_timing = off",
    "auto_explain.log_buffers = off",
  ]) {
    await client.query(`ALTER DATABASE ${client.escapeIdentifier(new URL(url).pathname.slice(1))} SET ${setting}`);
  }
  await client.end();
  return new Map(rows.map(({ name, count }) => [name, count]));
}

async function listOperations(): Promise<Operation[]> {
  const { currentSettings } = await import("@/lib/current-settings");
  const { createPrismaStores } = await import("@/lib/db/oauth-store");
  const { deleteExpiredRows } = await import("@/lib/db/expired-rows");
  const { getPrisma } = await import("@/lib/db/prisma");
  const { buildEvent, buildIssued, buildSuccessors } = await import("@/lib/oauth/testing/builders");
  const { findSession } = await import("@/lib/auth/session-store");
  const prisma = getPrisma();
  const stores = createPrismaStores(prisma, currentSettings());
  const { expireSessions, endSessions } = await import("@/lib/db/oauth/end-sessions");
  const { createLogoutQueue } = await import("@/lib/db/oauth/logout-deliveries");
  const queue = createLogoutQueue(prisma, currentSettings());
  const [code, refresh, access, session] = await Promise.all([
    prisma.authorizationCode.findUniqueOrThrow({ where: { codeHash: "fresh-1" } }),
    prisma.refreshToken.findFirstOrThrow({ include: { family: true } }),
    prisma.accessToken.findFirstOrThrow(),
    prisma.session.findFirstOrThrow({ where: { expiresAt: { gt: new Date() } } }),
  ]);
  const now = new Date();
  const yesterday = new Date(now.getTime() - 86_400_000);
  const attempt = [["client x from 192.0.2.1", { limit: 30, window: 300 }]] as const;
  return [
    { name: "Find a client", run: () => stores.clients.find("client-7") },
    { name: "Find an authorization code", run: () => stores.codes.find(code.codeHash) },
    { name: "Redeem an authorization code", run: () => stores.codes.redeem(code.codeHash, buildIssued(code)) },
    { name: "Find an access token", run: () => stores.tokens.findAccessToken(access.tokenHash) },
    { name: "Find a refresh token", run: () => stores.tokens.findRefreshToken(refresh.tokenHash) },
    {
      name: "Rotate a refresh token",
      run: () => stores.tokens.rotate(refresh.tokenHash, buildSuccessors(refresh.family, now)),
    },
    {
      name: "Revoke a family",
      run: () => stores.tokens.revokeFamily(refresh.familyId, now, "token_revoked", buildEvent()),
    },
    { name: "Find a remembered consent", run: () => stores.consents.find(access.userId ?? "", access.applicationId) },
    { name: "Find a session", run: () => findSession("a token", "a browser", now) },
    {
      name: "Whether a session is an application's",
      run: () => stores.consents.isUsedInSession(session.id, access.applicationId),
    },
    { name: "Find what can be said of a person", run: () => stores.users.findClaims(session.userId) },
    { name: "Find a pairwise subject", run: () => stores.subjects.findOrCreate(session.userId, "sector-0") },
    { name: "End a session", run: () => prisma.$transaction((tx) => endSessions(tx, { id: session.id }, now)) },
    {
      name: "End lapsed sessions",
      run: () => prisma.$transaction((tx) => expireSessions(tx, { idleSince: yesterday, limit: 100 }, now)),
    },
    { name: "Take logout tokens to deliver", run: () => queue.take({ limit: 32, except: [], retries: true }) },
    { name: "Use a jti", run: () => stores.usedJtis.use("a jti", now) },
    { name: "Ask for the wait of a client", run: () => stores.attempts.wait(attempt, now) },
    { name: "Count a failed attempt", run: () => stores.attempts.count(attempt, now) },
    { name: "Delete a batch of ended rows", run: () => deleteExpiredRows("used_jtis", currentSettings()) },
  ];
}

/** The plans in a piece of the log, without their statements: those are in lib/db. */
function readPlans(log: string): string[] {
  return log
    .split(/^(?=.*LOG: {2}duration: )/m)
    .filter((entry) => entry.includes("Query Text:"))
    .map((entry) => {
      const lines = entry.split("\n").map((line) => line.replace(/^\t/, ""));
      const start = lines.findIndex((line) => /\((cost|actual)[ =]/.test(line));
      return lines
        .slice(start)
        .filter((line) => /^\s*(->|CTE|InitPlan|SubPlan|\w[^:]*\(cost)/.test(line))
        .map((line) => line.replace(/ \(cost=\S+ rows=\d+ width=\d+\)/, "").replace(/\.00 loops/, " loops"))
        .join("\n");
    });
}

function readsWholeTable(plan: string): boolean {
  return [...plan.matchAll(/Seq Scan on (\w+)/g)].some(([, table = ""]) => !smallTables.includes(table));
}

function format(rows: Map<string, number>, sections: { name: string; plans: string[] }[]): string {
  const counts = [...rows].filter(([, count]) => count >= 1000).map(([name, count]) => `| \`${name}\` | ${count} |`);
  return [
    "# Plans of the hot statements",
    "",
    "Written by `npm run bench -- plans`, which fills a PostgreSQL of its own, runs the stores and reads the plans that PostgreSQL logged. Each step finds",
    "its rows by an index, so no cost grows with the table; the command fails where one would read a whole table.",
    "",
    "| Table | Rows |",
    "| --- | --- |",
    ...counts,
    ...sections.flatMap(({ name, plans }) => ["", `## ${name}`, ...plans.flatMap((plan) => ["", "```", plan, "```"])]),
    "",
  ].join("\n");
}
