import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { createPostgresClient, type PostgresClient } from "./postgres";

const directory = path.resolve("prisma/migrations");
const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A separate schema as it was before the migration `name`; `migrate` applies that one. */
async function openSchemaBefore(name: string) {
  const client = createPostgresClient(process.env.TEST_DATABASE_URL ?? "");
  await client.connect();
  cleanUps.push(() => client.end());
  const schema = `migration_${randomUUID().replaceAll("-", "")}`;
  await client.query(`CREATE SCHEMA ${schema}`);
  cleanUps.push(() => client.query(`DROP SCHEMA ${schema} CASCADE`));
  await client.query(`SET search_path = ${schema}`);
  const apply = (migration: string) =>
    client.query(readFileSync(path.join(directory, migration, "migration.sql"), "utf8"));
  const names = readdirSync(directory)
    .filter((entry) => /^\d{14}_/.test(entry))
    .sort();
  for (const earlier of names.slice(0, names.indexOf(name))) await apply(earlier);
  return { client, migrate: () => apply(name) };
}

/** Inserts a row with the given columns and returns its ID. */
async function insert(client: PostgresClient, table: string, row: Record<string, unknown>): Promise<string> {
  const values = { id: randomUUID(), ...row };
  const names = Object.keys(values);
  await client.query(
    `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map((_, index) => `$${index + 1}`).join(", ")})`,
    Object.values(values),
  );
  return values.id;
}

async function insertUser(client: PostgresClient): Promise<string> {
  const name = randomUUID();
  const row = { username: name, username_key: name, email: name, email_key: name, updated_at: new Date() };
  return insert(client, "users", row);
}

function insertApplication(client: PostgresClient, row: Record<string, unknown> = {}): Promise<string> {
  const named = { client_id: randomUUID(), name: "app", client_type: "confidential", updated_at: new Date() };
  return insert(client, "applications", { ...named, grant_types: ["authorization_code"], ...row });
}

test("claims granted by name without consent are removed by the upgrade, others stay", async () => {
  const { client, migrate } = await openSchemaBefore("20261126101000_claims_need_consent");
  await client.query("UPDATE scopes SET is_restricted = true WHERE name = 'phone'");
  const user = await insertUser(client);
  const now = new Date();
  const claims = {
    userinfo: { email: { essential: true }, birthdate: null, x: null },
    id_token: { phone_number: null },
  };
  const grant = async (
    consent: string[] | null,
    application: object,
    resources: string[] = [],
    asked: object = claims,
  ) => {
    const application_id = await insertApplication(client, { ...application });
    if (consent) {
      await client.query(
        "INSERT INTO consents (user_id, application_id, scopes, updated_at, created_at) VALUES ($1, $2, $3, $4, $4)",
        [user, application_id, consent, now],
      );
    }
    const times = { created_at: now, expires_at: now, last_used_at: now };
    const row = { application_id, user_id: user, code_hash: randomUUID(), resources, claims: asked, ...times };
    return insert(client, "token_families", row);
  };
  const api = "https://api.example/";
  const expected = new Map<string, unknown>([
    [await grant(["openid"], {}), null],
    [await grant(null, {}), null],
    [await grant(["openid", "email"], {}), { userinfo: { email: { essential: true } } }],
    [await grant(["profile", "phone"], {}), { userinfo: { birthdate: null }, id_token: { phone_number: null } }],
    [await grant(["email"], {}, [api]), null],
    [await grant([`email ${api}`], {}, [api]), { userinfo: { email: { essential: true } } }],
    [await grant(null, { skip_consent: true }), { userinfo: { email: { essential: true }, birthdate: null } }],
    [await grant(null, { skip_consent: true, allowed_scopes: ["phone"] }), { id_token: { phone_number: null } }],
    [await grant(["email"], {}, [], { userinfo: "odd" }), null],
  ]);
  await migrate();
  const { rows } = await client.query<{ id: string; claims: unknown }>("SELECT id, claims FROM token_families");
  expect(rows).toHaveLength(expected.size);
  for (const { id, claims } of rows) expect(claims).toEqual(expected.get(id));
});

test("an application that becomes its own sector keeps its users' subjects if it shared them with no other", async () => {
  const { client, migrate } = await openSchemaBefore("20261126101001_sectors_of_their_own");
  const device = "urn:ietf:params:oauth:grant-type:device_code";
  const user = await insertUser(client);
  const stranger = await insertUser(client);
  const register = async (clientId: string, redirectUris: string[], row: Record<string, unknown> = {}) => {
    const pairwise = { client_id: clientId, subject_type: "pairwise", grant_types: ["authorization_code", device] };
    const application_id = await insertApplication(client, { ...pairwise, ...row });
    for (const [position, uri] of redirectUris.entries()) {
      await insert(client, "redirect_uris", { application_id, uri, position });
    }
    const times = { created_at: new Date(), expires_at: new Date(), last_used_at: new Date() };
    await insert(client, "token_families", { application_id, user_id: user, code_hash: clientId, ...times });
  };
  const web = { grant_types: ["authorization_code"] };
  await register("tv", [], { grant_types: [device], sector_identifier_uri: "https://TV.example:8443/sector.json" });
  await register("both", ["https://both.example/cb", "https://both.example:444/cb"]);
  await register("native", ["http://[::1]:80/cb"], web);
  await register("web", ["https://web.example/cb"], web);
  await register("shared", ["https://shared.example/cb"]);
  await register("sibling", ["https://shared.example/other"], web);
  const hosts = ["tv.example", "both.example", "[::1]", "web.example", "shared.example"];
  for (const [userId, sector] of [...hosts.map((host) => [user, host]), [stranger, "both.example"]]) {
    await client.query("INSERT INTO pairwise_subjects (user_id, sector) VALUES ($1, $2)", [userId, sector]);
  }
  const read = async () => {
    const { rows } = await client.query("SELECT subject, user_id, sector FROM pairwise_subjects");
    return new Map(rows.map((row) => [row.subject, `${row.user_id === user ? "user" : "stranger"} ${row.sector}`]));
  };
  const before = await read();
  await migrate();
  const after = await read();
  const moves = new Map([...before].map(([subject, sector]) => [sector, after.get(subject)]));
  expect(Object.fromEntries(moves)).toEqual({
    "user tv.example": "user client tv",
    "user both.example": "user client both",
    "stranger both.example": "stranger both.example",
    "user [::1]": "user client native",
    "user web.example": "user web.example",
    "user shared.example": "user shared.example",
  });
});

test("clients that registered themselves get the type and the origins that new ones get", async () => {
  const { client, migrate } = await openSchemaBefore("20261126154600_self_registered_on_device");
  const dynamic = { registration_source: "dynamic", client_type: "public" };
  const cases: [row: object, redirectUris: string[], kind: string | null, origins: string[]][] = [
    [dynamic, ["http://localhost:3118/cb"], "native", ["http://localhost:3118"]],
    [dynamic, ["cursor://x/cb", "http://[::1]", "com.example.app:/cb"], "native", ["http://[::1]"]],
    [dynamic, ["https://app.example/cb?x", "http://127.0.0.1/cb"], null, ["http://127.0.0.1", "https://app.example"]],
    [dynamic, ["http://localhost.evil.example/cb"], null, []],
    [{ ...dynamic, kind: "single_page" }, ["http://localhost/cb"], "single_page", ["http://localhost"]],
    [
      { ...dynamic, allowed_origins: ["https://b.example"] },
      ["https://a.example/"],
      null,
      ["https://a.example", "https://b.example"],
    ],
    [dynamic, [], null, []],
    [{ ...dynamic, client_type: "confidential" }, ["http://localhost/cb"], null, []],
    [{ client_type: "public" }, ["http://localhost/cb"], null, []],
  ];
  const expected = new Map<string, unknown>();
  for (const [row, redirectUris, kind, origins] of cases) {
    const application_id = await insertApplication(client, { ...row });
    for (const [position, uri] of redirectUris.entries()) {
      await insert(client, "redirect_uris", { application_id, uri, position });
    }
    expected.set(application_id, { kind, origins });
  }
  await migrate();
  const { rows } = await client.query<{ id: string; kind: string | null; allowed_origins: string[] }>(
    "SELECT id, kind::text, allowed_origins FROM applications",
  );
  expect(new Map(rows.map(({ id, kind, allowed_origins }) => [id, { kind, origins: allowed_origins }]))).toEqual(
    expected,
  );
});

/** docs/adr/0029, "Existing installations". */
test("the upgrade takes who disabled an application, or set its profile, from the audit log", async () => {
  const { client, migrate } = await openSchemaBefore("20261126102000_administrators_decisions");
  const owner = await insertUser(client);
  const administrator = await insertUser(client);
  const owningAdministrator = await insertUser(client);
  await client.query("UPDATE users SET is_administrator = true WHERE id = ANY($1)", [
    [administrator, owningAdministrator],
  ]);
  let minute = 0;
  const record = (type: string, actor_id: string | null, application_id: string, details: object = {}) => {
    minute += 1;
    return insert(client, "audit_events", { type, actor_id, application_id, details, at: new Date(minute * 60_000) });
  };
  const setProfile = (before: string | null, after: string | null) => ({
    before: { securityProfile: before },
    after: { securityProfile: after },
  });
  const decided = { disabled_at: new Date(), security_profile: "fapi2_security" };
  const register = (clientId: string, owner_id: string | null, row: object = decided) =>
    insertApplication(client, { client_id: clientId, owner_id, ...row });

  const own = await register("by the owner", owner);
  await record("application.registered", owner, own, { securityProfile: "fapi2_security" });
  await record("application.disabled", owner, own);

  const taken = await register("by an administrator, after the owner", owner);
  await record("application.registered", owner, taken, { securityProfile: "fapi2_security" });
  await record("application.disabled", owner, taken);
  await record("application.updated", administrator, taken, setProfile("fapi2_security", "fapi2_message_signing"));
  await record("application.disabled", administrator, taken);

  const given = await register("by the owner, after an administrator", owner);
  await record("application.disabled", administrator, given);
  await record("application.updated", administrator, given, setProfile(null, "fapi2_security"));
  await record("application.updated", owner, given, setProfile("fapi2_security", "fapi2_message_signing"));
  await record("application.disabled", owner, given);
  // A change that leaves the profile as it is says nothing about it.
  await record("application.updated", administrator, given, setProfile("fapi2_security", "fapi2_security"));

  const both = await register("by an owner who is an administrator", owningAdministrator);
  await record("application.registered", owningAdministrator, both, { securityProfile: "fapi2_security" });
  await record("application.disabled", owningAdministrator, both);

  await register("nobody knows", owner);
  const ownerless = await register("of no owner", null);
  await record("application.disabled", null, ownerless);
  await register("undecided", owner, {});

  await migrate();
  const { rows } = await client.query("SELECT client_id, disabled_by, security_profile_set_by FROM applications");
  const found = rows.map(({ client_id, disabled_by, security_profile_set_by }) => [
    client_id,
    [disabled_by, security_profile_set_by],
  ]);
  expect(Object.fromEntries(found)).toEqual({
    "by the owner": ["owner", "owner"],
    "by an administrator, after the owner": ["administrator", "administrator"],
    "by the owner, after an administrator": ["owner", "owner"],
    "by an owner who is an administrator": ["administrator", "administrator"],
    "nobody knows": ["administrator", "administrator"],
    "of no owner": ["administrator", "administrator"],
    undecided: [null, null],
  });
});

test("the upgrade to roles makes administrators of those with the flag, and processes of before still read it", async () => {
  const { client, migrate } = await openSchemaBefore("20261127134900_portal_roles");
  const [administrator, user] = [await insertUser(client), await insertUser(client)];
  await client.query("UPDATE users SET is_administrator = true WHERE id = $1", [administrator]);
  await migrate();
  const read = async () => {
    const { rows } = await client.query("SELECT id, portal_role::text, is_administrator FROM users");
    return Object.fromEntries(
      rows.map(({ id, portal_role, is_administrator }) => [id, [portal_role, is_administrator]]),
    );
  };
  expect(await read()).toEqual({ [administrator]: ["administrator", true], [user]: [null, false] });
  await client.query("UPDATE users SET portal_role = 'auditor' WHERE id = $1", [administrator]);
  await client.query("UPDATE users SET is_administrator = true WHERE id = $1", [user]);
  expect(await read()).toEqual({ [administrator]: ["auditor", false], [user]: ["administrator", true] });
});
