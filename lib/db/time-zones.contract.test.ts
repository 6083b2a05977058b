import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPrismaClient, type PrismaClient } from "./client";
import { createPostgresClient, type PostgresClient } from "./postgres";

/** An instant stays the same when it is written and read, in any session time zone. */

const url = process.env.TEST_DATABASE_URL;
if (!url) throw new Error("TEST_DATABASE_URL is not set: run this with `npm test -- --only=contract`.");

const instants = [
  ["in winter", "2026-01-15T12:34:56.789Z"],
  ["in summer", "2026-07-15T12:34:56.789Z"],
  ["in the hour that Berlin leaves out", "2026-03-29T02:30:00.000Z"],
  ["in the hour that Berlin has twice, the first time", "2026-10-25T00:30:00.000Z"],
  ["in the hour that Berlin has twice, the second time", "2026-10-25T01:30:00.000Z"],
  ["of the last century, when zones had seconds", "1885-05-05T05:05:05.005Z"],
  ["beyond the years of four digits", "+012026-07-15T12:34:56.789Z"],
].map(([name = "", iso = ""]) => [name, new Date(iso)] as const);

function withSettings(settings: Record<string, string>): string {
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value.replaceAll(" ", "\\ ")}`);
  const changed = new URL(url ?? "");
  changed.searchParams.set("options", options.join(" "));
  return changed.href;
}

describe.each([
  { TimeZone: "Asia/Shanghai", DateStyle: "ISO, MDY" },
  { TimeZone: "Europe/Berlin", DateStyle: "German" },
  { TimeZone: "America/New_York", DateStyle: "SQL, DMY" },
  { TimeZone: "America/St_Johns", DateStyle: "Postgres, MDY" },
])("in a session with TimeZone $TimeZone and DateStyle $DateStyle", (settings) => {
  let prisma: PrismaClient;
  let client: PostgresClient;
  const keys: string[] = [];

  beforeAll(async () => {
    prisma = createPrismaClient(withSettings(settings));
    client = createPostgresClient(withSettings(settings));
    await client.connect();
  });

  afterAll(async () => {
    await prisma.rateLimit.deleteMany({ where: { keyHash: { in: keys } } });
    await prisma.$disconnect();
    await client.end();
  });

  const farAway = new Date("2120-01-01T00:00:00Z");

  async function store(at: Date): Promise<string> {
    const keyHash = randomUUID();
    keys.push(keyHash);
    await prisma.rateLimit.create({ data: { keyHash, attempts: 1, windowStartedAt: at, expiresAt: farAway } });
    return keyHash;
  }

  /** Seconds since 1970, which don't depend on the session. */
  async function readEpoch(keyHash: string): Promise<number> {
    const [row] = await prisma.$queryRaw<{ epoch: number }[]>`
      SELECT extract(epoch FROM window_started_at)::float8 AS epoch FROM rate_limits WHERE key_hash = ${keyHash}`;
    return Math.round((row?.epoch ?? 0) * 1000);
  }

  test("the session's time zone matters here", async () => {
    const [zone] = await prisma.$queryRaw<{ TimeZone: string }[]>`SHOW timezone`;
    expect(zone?.TimeZone).toBe(settings.TimeZone);
    expect((await client.query("SHOW timezone")).rows).toEqual([zone]);
  });

  test.each(instants)("an instant %s is stored and read as it is by Prisma", async (_name, at) => {
    const keyHash = await store(at);
    expect(await readEpoch(keyHash)).toBe(at.getTime());
    expect((await prisma.rateLimit.findUniqueOrThrow({ where: { keyHash } })).windowStartedAt).toEqual(at);
    const later = new Date(at.getTime() + 1);
    await prisma.rateLimit.update({ where: { keyHash }, data: { windowStartedAt: later } });
    expect(await readEpoch(keyHash)).toBe(later.getTime());
    const find = (windowStartedAt: object) => prisma.rateLimit.count({ where: { keyHash, windowStartedAt } });
    expect(await find({ gt: at, lte: later })).toBe(1);
    expect(await find({ in: [at, later] })).toBe(1);
    expect(await find({ gt: later })).toBe(0);
  });

  test.each(instants)("an instant %s is stored and read as it is by SQL, one or many", async (_name, at) => {
    const keyHash = await store(farAway);
    await prisma.$executeRaw`UPDATE rate_limits SET window_started_at = ${at} WHERE key_hash = ${keyHash}`;
    expect(await readEpoch(keyHash)).toBe(at.getTime());
    const [row] = await prisma.$queryRaw<unknown[]>`
      SELECT window_started_at AS alone, array_agg(window_started_at) OVER () AS many,
             json_build_object('at', window_started_at) -> 'at' AS json, ${at}::timestamptz = window_started_at AS same,
             (SELECT array_agg(extract(epoch FROM each)::float8) FROM unnest(${[at, farAway]}::timestamptz[]) each) AS epochs
      FROM rate_limits WHERE key_hash = ${keyHash}`;
    expect(row).toMatchObject({ alone: at, many: [at], same: true });
    expect(row).toMatchObject({ epochs: [at.getTime() / 1000, farAway.getTime() / 1000] });
  });

  test.each(instants)("an instant %s is stored and read as it is without Prisma", async (_name, at) => {
    const keyHash = await store(farAway);
    await client.query("UPDATE rate_limits SET window_started_at = $1 WHERE key_hash = $2", [at, keyHash]);
    expect(await readEpoch(keyHash)).toBe(at.getTime());
    const { rows } = await client.query("SELECT $1::timestamptz AS at, ARRAY[$1, NULL]::timestamptz[] AS many", [at]);
    expect(rows).toEqual([{ at, many: [at, null] }]);
  });

  test("PostgreSQL's clock and the process's are the same, in a comparison and when read", async () => {
    const now = Date.now();
    const [past, future] = [new Date(now - 60_000), new Date(now + 60_000)];
    const keyHash = await store(past);
    const [row] = await prisma.$transaction(async (tx) => {
      await tx.rateLimit.update({ where: { keyHash }, data: { expiresAt: future } });
      return tx.$queryRaw<Record<string, unknown>[]>`
        SELECT window_started_at < now() AS began, expires_at > now() AS "goesOn", now() AS now,
               now() BETWEEN ${past}::timestamptz AND ${future}::timestamptz AS between
        FROM rate_limits WHERE key_hash = ${keyHash}`;
    });
    expect(row).toMatchObject({ began: true, goesOn: true, between: true });
    for (const clock of [row?.now, (await client.query("SELECT now()")).rows[0]?.now]) {
      expect(Math.abs((clock as Date).getTime() - now)).toBeLessThan(60_000);
    }
  });

  test("a date style that changes while the connection is open does no harm", async () => {
    const at = new Date("2026-11-10T12:00:00Z");
    for (const style of ["SQL, DMY", "German", "Postgres"]) {
      await client.query(`SET DateStyle = '${style}'`);
      expect((await client.query("SELECT $1::timestamptz AS at", [at])).rows).toEqual([{ at }]);
    }
    await client.query("BEGIN");
    await client.query("SET LOCAL DateStyle = 'German'");
    expect((await client.query("SELECT $1::timestamptz AS at", [at])).rows).toEqual([{ at }]);
    await client.query("ROLLBACK");
    expect((await client.query("SELECT $1::timestamptz AS at", [at])).rows).toEqual([{ at }]);
  });
});
