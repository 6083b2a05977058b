import { createPostgresClient } from "@/lib/db/postgres";

/** How large an organisation the screens for administrators have to be fast for. */
export const organisation = {
  users: 100_000,
  groups: 1_000,
  membersOfLargest: 50_000,
  groupsOfBusiest: 500,
  applications: 10_000,
  redirectUrisOfLargest: 500,
  invitations: 10_000,
  /** APIs, and as many scopes, initial access tokens, and applications that the user of the bench has authorized. */
  apis: 10_000,
  messages: 100_000,
  accessTokens: 300_000,
};

/** The ID of the nth row of a kind. */
export function seededId(kind: string, number: number | string): string {
  return `md5('${kind}' || (${number}))::uuid`;
}

/**
 * Fills an empty database with people as they might be called, in groups and with applications. PostgreSQL makes them
 * by itself, so that it takes seconds.
 */
export async function seedOrganisation(url: string, report: (line: string) => void): Promise<void> {
  const client = createPostgresClient(url);
  await client.connect();
  const { users, groups, applications, invitations, apis, membersOfLargest, groupsOfBusiest, redirectUrisOfLargest } =
    organisation;
  const { messages, accessTokens } = organisation;
  const pick = (names: readonly string[], by: string) =>
    `(ARRAY[${names.map((name) => `'${name}'`).join(",")}])[1 + (${by}) % ${names.length}]`;
  const steps: [string, string][] = [
    [
      "users",
      `INSERT INTO users (id, username, username_key, email, email_key, email_verified, name, disabled_at,
                          last_sign_in_at, created_at, updated_at)
       SELECT ${seededId("user", "g")}, n, n, n || '@example.com', n || '@example.com', g % 4 > 0, given || ' ' || family,
              CASE WHEN g % 50 = 0 THEN now() END, CASE WHEN g % 3 > 0 THEN now() - g * interval '7 minutes' END,
              now() - (g % 900) * interval '1 day', now()
       FROM (SELECT g, given, family, lower(given) || '.' || lower(family) || g AS n FROM (
         SELECT g, ${pick(given, "g * 7")} AS given, ${pick(family, "g / 11 + g * 3")} AS family
         FROM generate_series(0, ${users - 1}) g) AS people) AS named`,
    ],
    [
      "groups",
      `INSERT INTO groups (id, name, name_key, description, updated_at)
       SELECT ${seededId("group", "g")}, n, lower(n), 'People who work on ' || n, now()
       FROM (SELECT g, ${pick(areas, "g")} || ' ' || g AS n FROM generate_series(0, ${groups - 1}) g) AS named`,
    ],
    [
      "members",
      `INSERT INTO group_members (user_id, group_id)
         SELECT ${seededId("user", "g")}, ${seededId("group", 0)} FROM generate_series(0, ${membersOfLargest - 1}) g;
       INSERT INTO group_members (user_id, group_id)
         SELECT ${seededId("user", 1)}, ${seededId("group", "g")} FROM generate_series(1, ${groupsOfBusiest - 1}) g;
       INSERT INTO group_members (user_id, group_id)
         SELECT ${seededId("user", "g")}, ${seededId("group", `1 + (g * 13) % ${groups - 1}`)}
         FROM generate_series(0, ${users - 1}) g ON CONFLICT DO NOTHING`,
    ],
    [
      "applications",
      `INSERT INTO applications (id, client_id, name, client_type, grant_types, owner_id, created_at, updated_at)
         SELECT ${seededId("application", "g")}, 'client-' || md5(g::text), ${pick(areas, "g")} || ' portal ' || g,
                'confidential', '{authorization_code,refresh_token}', ${seededId("user", `g % ${users}`)},
                now() - g * interval '9 minutes', now() FROM generate_series(0, ${applications - 1}) g;
       INSERT INTO redirect_uris (id, application_id, uri, position)
         SELECT ${seededId("uri", "g")}, ${seededId("application", "g")}, 'https://app-' || g || '.example.com/callback', 0
         FROM generate_series(0, ${applications - 1}) g;
       INSERT INTO redirect_uris (id, application_id, uri, position)
         SELECT ${seededId("more uri", "g")}, ${seededId("application", 0)}, 'https://app-0.example.com/callback/' || g, g
         FROM generate_series(1, ${redirectUrisOfLargest - 1}) g;
       INSERT INTO client_secrets (id, application_id, label, hash, last_four)
         SELECT ${seededId("secret", "g")}, ${seededId("application", "g")}, 'First secret', md5(g::text), 'xxxx'
         FROM generate_series(0, ${applications - 1}) g;
       INSERT INTO consents (user_id, application_id, scopes, created_at, updated_at)
         SELECT DISTINCT ${seededId("user", `g % ${users}`)}, ${seededId("application", `g % ${applications}`)},
                '{openid,profile}'::text[], now(), now() FROM generate_series(0, 199999) g`,
    ],
    [
      "sessions and tokens",
      `INSERT INTO sessions (id, token_hash, user_id, authenticated_at, created_at, last_seen_at, expires_at)
         SELECT ${seededId("session", "g")}, 'session-' || g, ${seededId("user", `g % ${users}`)}, now(), now(), now(),
                now() + interval '7 days' FROM generate_series(0, 199999) g;
       INSERT INTO token_families (id, application_id, user_id, code_hash, created_at, expires_at, last_used_at)
         SELECT ${seededId("family", "g")}, ${seededId("application", `g % ${applications}`)},
                ${seededId("user", `g % ${users}`)}, 'code-' || g, now(), now() + interval '30 days', now()
         FROM generate_series(0, 199999) g`,
    ],
    [
      "access tokens",
      `INSERT INTO access_tokens (token_hash, application_id, user_id, scopes, created_at, expires_at)
         SELECT 'token-' || g, ${seededId("application", `g % ${applications}`)}, ${seededId("user", `g % ${users}`)},
                '{openid}', now() - g * interval '1 second', now() + interval '1 hour'
         FROM generate_series(0, ${accessTokens - 1}) g`,
    ],
    [
      "messages",
      `INSERT INTO messages (kind, recipient, recipient_key, locale, attempts, created_at, expires_at, sent_at)
         SELECT 'passwordChanged', n, n, 'en', 1, now() - g * interval '1 minute', now() + interval '1 day', now()
         FROM (SELECT g, 'person.' || g % 20000 || '@example.com' AS n
               FROM generate_series(0, ${messages - 1}) g) AS sent`,
    ],
    [
      "invitations",
      `INSERT INTO invitations (id, email, email_key, open_key, token_hash, emailed, locale, created_at, linked_at,
                                expires_at)
       SELECT ${seededId("invitation", "g")}, n, n, n, 'invitation-' || g, true, 'en', now() - g * interval '1 minute',
              now(), now() + (g % 14 - 3) * interval '1 day'
       FROM (SELECT g, 'guest.' || g || '@example.net' AS n FROM generate_series(0, ${invitations - 1}) g) AS guests`,
    ],
    [
      "APIs, scopes and initial access tokens",
      `INSERT INTO scopes (name, description, is_restricted)
         SELECT lower(${pick(areas, "g")}) || ':' || g, 'See what ' || ${pick(areas, "g * 3")} || ' has stored', g % 40 = 0
         FROM generate_series(0, ${apis - 1}) g;
       INSERT INTO apis (id, identifier, name, scopes, token_format, created_at, updated_at)
         SELECT ${seededId("api", "g")}, 'https://api-' || g || '.example.com/', ${pick(areas, "g")} || ' API ' || g,
                ARRAY['read', lower(${pick(areas, "g")}) || ':' || g], CASE WHEN g % 3 = 0 THEN 'jwt'::token_format ELSE 'opaque' END,
                now() - g * interval '9 minutes', now() FROM generate_series(0, ${apis - 1}) g;
       UPDATE applications SET allowed_scopes = '{openid,read}';
       INSERT INTO initial_access_tokens (id, token_hash, label, maximum_uses, uses, created_at, expires_at)
         SELECT ${seededId("token", "g")}, 'token-' || g, ${pick(areas, "g")} || ' pipeline ' || g, 10, g % 11,
                now() - g * interval '9 minutes', now() + (g % 90 - 30) * interval '1 day'
         FROM generate_series(0, ${apis - 1}) g`,
    ],
  ];
  try {
    for (const [what, statements] of steps) {
      report(`  ${what} …`);
      await client.query(statements);
    }
    report("  statistics …");
    await client.query("VACUUM ANALYZE");
  } finally {
    await client.end();
  }
}

const given = "Maya,Jonas,Aisha,Tomás,Priya,Lukas,Chiara,Kenji,Zofia,Emre,Fatima,Noah,Ingrid,Mateo,Yuki,Amélie".split(
  ",",
);
const family =
  "Lindqvist,Okafor,Schneider,Nakamura,Kowalska,Rossi,Yılmaz,Fernández,Dubois,Silva,Andersson,Novak,Jensen".split(",");
const areas = "Payroll,Design,Support,Research,Logistics,Sales,Platform,Finance,Legal,Facilities".split(",");
