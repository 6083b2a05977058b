import { afterAll, beforeAll, expect, test } from "vitest";
import { createPrismaClient } from "@/lib/db/client";
import { createPostgresClient } from "@/lib/db/postgres";
import { authorizePath } from "../support/browser-client";
import { needs } from "../support/needs";
import { OwnProvider } from "../support/own-provider";
import { OwnInstallation } from "../support/own-server";
import { PgBouncer } from "../support/pgbouncer";
import type { TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { getResource, requestToken } from "../support/token-client";

/** Rows of one statement on a separate connection. */
async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = createPostgresClient(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

needs("pgbouncer")("behind PgBouncer in transaction mode", () => {
  /** Only for its PostgreSQL. */
  const cluster = new OwnInstallation();
  const pooler = new PgBouncer();
  const provider = new OwnProvider();
  const other = new OwnInstallation();
  let directUrl = "";
  const throughPooler = () => ({ DATABASE_URL: pooler.url, AUTH_SECRET: process.env.AUTH_SECRET ?? "" });

  beforeAll(async () => {
    await cluster.start();
    await query(cluster.administratorUrl, "CREATE DATABASE pooled OWNER latchkey");
    directUrl = new URL("/pooled", cluster.databaseUrl).href;
    await pooler.start(directUrl, cluster.postgresAccount);
    // On an empty database, in which each of them finds no tables.
    await Promise.all([provider.start({ databaseUrl: pooler.url }), other.start({ env: throughPooler() })]);
  });

  afterAll(async () => {
    await provider.remove();
    await other.remove();
    await pooler.stop();
    await cluster.remove();
  });

  const countLocks = () =>
    query<{ count: string }>(
      directUrl,
      "SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database WHERE locktype = 'advisory' AND datname = 'pooled'",
    );

  test("parallel starts migrate once and leave no lock behind", async () => {
    const [migrations] = await query<{ all: number; distinct: number }>(
      directUrl,
      'SELECT count(*)::int AS "all", count(DISTINCT migration_name)::int AS "distinct" FROM _prisma_migrations',
    );
    expect(migrations?.all).toBeGreaterThan(0);
    expect(migrations?.all).toBe(migrations?.distinct);
    expect(await countLocks()).toEqual([{ count: "0" }]);
  });

  test("commands run, one after the other and beside the servers", async () => {
    const made: { client_id: string; client_secret: string }[] = [];
    for (let count = 0; count < 3; count += 1) made.push(await other.createMachine(throughPooler()));
    for (const { client_id, client_secret } of made) {
      noteSecret(client_secret);
      const fields = { grant_type: "client_credentials", client_id, client_secret };
      expect((await requestToken(fields, { base: provider.baseUrl })).status).toBe(200);
    }
    expect(await countLocks()).toEqual([{ count: "0" }]);
  });

  test("a start doesn't wait if there is nothing to migrate", async () => {
    const holder = createPostgresClient(directUrl);
    await holder.connect();
    try {
      for (const key of [52824539, 72707369]) await holder.query("SELECT pg_advisory_lock($1)", [key]);
      const server = await other.start({ env: throughPooler() });
      await server.stop();
    } finally {
      await holder.end();
    }
  });

  test("sign-in, consent, codes and refreshes, many at the same time", async () => {
    // One after the other: each costs a hash in this process, and many at once would time out.
    const users: TestUser[] = [];
    for (let index = 0; index < 8; index += 1) users.push(await provider.createUser());
    const walk = async (user: TestUser) => {
      const party = await provider.register();
      const browser = await provider.signIn(user);
      const request = { response_type: "code", client_id: party.clientId, redirect_uri: party.redirectUri };
      expect((await browser.get(authorizePath(request))).status).toBe(303);
      const code = await browser.obtainCode(request);
      const credentials = { client_id: party.clientId, client_secret: party.clientSecret };
      const sending = { base: provider.baseUrl };
      const exchange = { grant_type: "authorization_code", code, redirect_uri: party.redirectUri, ...credentials };
      let tokens = await requestToken(exchange, sending);
      for (let round = 0; round < 5; round += 1) {
        const refresh = { grant_type: "refresh_token", refresh_token: tokens.refreshToken, ...credentials };
        tokens = await requestToken(refresh, sending);
      }
      expect(tokens.status).toBe(200);
      return (await getResource(tokens.accessToken, sending)).status;
    };
    expect(await Promise.all(users.map(walk))).not.toContain(500);
  });

  test("no session keeps our limits, and each transaction has them", async () => {
    const database = createPrismaClient(pooler.url);
    const read = "SELECT current_setting('statement_timeout') AS limit";
    try {
      await database.$queryRawUnsafe(read);
      const inside = await database.$transaction((tx) => tx.$queryRawUnsafe<{ limit: string }[]>(read));
      expect(inside[0]?.limit).toMatch(/^\d+s$/);
      const outside = await Promise.all(Array.from({ length: 12 }, () => query<{ limit: string }>(pooler.url, read)));
      expect(new Set(outside.flat().map(({ limit }) => limit))).toEqual(new Set(["0"]));
    } finally {
      await database.$disconnect();
    }
  });
});
