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

/** A schema of its own, as a version of this server left it that knew the migrations before `name`; `migrate` applies it. */
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

/** Inserts a row of the columns that are given and answers its id. */
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

test("claims that were granted by name without consent go with the upgrade, the others stay", async () => {
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
