import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate } from "../database/migrate";
import { acquirePostgres, makeTemporaryDataDir, type PostgresLease } from "../postgres";
import { repairShiftedTimes } from "./repair-shifted-times";
import {
  createIdAt,
  hours,
  insert,
  readAgain,
  type Stored,
  storeAsBefore,
  withClient,
  withoutOffset,
} from "./rows-of-before";

/** Databases as an earlier version left them: each time as text without an offset, as Prisma's adapter sent it. */

let dataDir: string;
let postgres: PostgresLease;

beforeAll(async () => {
  dataDir = makeTemporaryDataDir("latchkey-shifted-");
  postgres = await acquirePostgres(dataDir);
  await migrate(postgres.url);
});

afterAll(async () => {
  await postgres.release();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Empties the database and sets the zone of its sessions; nothing has been repaired in it. */
async function createDatabase(zone: string): Promise<string> {
  const { adminUrl, url } = postgres;
  await withClient(url, async (client) => {
    await client.query(
      "TRUNCATE users, applications, audit_events, rate_limits, used_jtis, signing_keys, data_repairs CASCADE",
    );
  });
  await withClient(adminUrl, (client) => client.query(`ALTER DATABASE latchkey SET TimeZone = '${zone}'`));
  return url;
}

const repair = (url: string, configuredZone: string | null = null) =>
  repairShiftedTimes(url, async () => configuredZone);

const winter = new Date("2026-01-20T03:04:05.678Z");
const summer = new Date("2026-07-20T21:22:23.456Z");
const twiceInBerlin = new Date("2025-10-26T01:30:00.000Z");
const nextSummer = new Date("2027-07-01T00:00:00.000Z");

describe.each(["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Europe/London", "Asia/Kolkata"])("%s", (zone) => {
  test("each time becomes what it was meant to be, and correct ones stay; once", async () => {
    const url = await createDatabase(zone);
    const stored: Stored[] = [];
    for (const at of [winter, summer, twiceInBerlin]) stored.push(...(await storeAsBefore(url, null, at, nextSummer)));
    expect(await readAgain(url, stored)).not.toEqual(stored);
    expect(await repair(url)).toBe(
      `An earlier version stored times shifted by the database's time zone, ${zone}: corrected ${3 * 13} rows.`,
    );
    expect(await readAgain(url, stored)).toEqual(stored);
    expect(await repair(url)).toBeNull();
    expect(await readAgain(url, stored)).toEqual(stored);
  });
});

test("the zone in the embedded cluster's own configuration is known, although sessions use UTC by now", async () => {
  const url = await createDatabase("UTC");
  const stored = await storeAsBefore(url, "Europe/Berlin", winter, nextSummer);
  expect(await repair(url, "Europe/Berlin")).toContain("Europe/Berlin");
  expect(await readAgain(url, stored)).toEqual(stored);
});

test("a zone that is no longer configured anywhere is found by its effect", async () => {
  const url = await createDatabase("UTC");
  const stored = [winter, summer].map((at) => storeAsBefore(url, "America/St_Johns", at, nextSummer));
  const all = (await Promise.all(stored)).flat();
  expect(await repair(url, "Etc/UTC")).toMatch(/time zone, \S+\/\S+: corrected 26 rows/);
  expect(await readAgain(url, all)).toEqual(all);
});

test.each(["UTC", "Europe/Berlin"])(
  "times that were stored correctly, and those of an empty database in %s, stay",
  async (zone) => {
    const url = await createDatabase(zone);
    expect(await repair(url)).toBeNull();
    const stored = await storeAsBefore(url, "UTC", winter, nextSummer);
    expect(await repair(url)).toBeNull();
    expect(await readAgain(url, stored)).toEqual(stored);
  },
);

test("a database in another zone whose times are correct, because its sessions used UTC, stays", async () => {
  const url = await createDatabase("Asia/Shanghai");
  const stored = await storeAsBefore(url, "UTC", winter, nextSummer);
  expect(await repair(url, "Europe/Berlin")).toBeNull();
  expect(await readAgain(url, stored)).toEqual(stored);
});

test("imported rows with their own times don't mislead it", async () => {
  const url = await createDatabase("Europe/Berlin");
  const stored = await storeAsBefore(url, null, winter, nextSummer);
  await withClient(url, async (client) => {
    for (const name of ["a", "b"]) {
      const names = { username: name, username_key: name, email: name, email_key: name };
      const row = { id: createIdAt(summer), ...names, created_at: hours(summer, -24_000), updated_at: summer };
      await insert(client, "users", row, withoutOffset);
    }
  });
  expect(await repair(url)).toContain("Europe/Berlin");
  expect(await readAgain(url, stored)).toEqual(stored);
});

test("a later attempt to deliver a logout token was set by PostgreSQL's clock and stays", async () => {
  const url = await createDatabase("Asia/Shanghai");
  const stored = await storeAsBefore(url, null, winter, nextSummer);
  const { key = {} } = stored.find(({ table }) => table === "logout_deliveries") ?? {};
  const next = new Date("2026-01-20T04:00:00Z");
  await withClient(url, (client) =>
    client.query("UPDATE logout_deliveries SET attempts = 1, next_attempt_at = $1 WHERE id = $2", [next, key.id]),
  );
  await repair(url);
  const [delivery] = await readAgain(url, [
    { table: "logout_deliveries", key, times: { next_attempt_at: next, created_at: next } },
  ]);
  expect(delivery?.times).toEqual({ next_attempt_at: next, created_at: winter });
});

test("of eight processes that start at the same time one repairs, and none returns before it is done", async () => {
  const url = await createDatabase("America/New_York");
  const stored = await storeAsBefore(url, null, summer, nextSummer);
  const starts = Array.from({ length: 8 }, async () => {
    const message = await repair(url);
    expect(await readAgain(url, stored)).toEqual(stored);
    return message;
  });
  expect((await Promise.all(starts)).filter((message) => message !== null)).toHaveLength(1);
});

test("rows from several zones: what ends does so no later than intended, and what was used stays used", async () => {
  const url = await createDatabase("UTC");
  const zones = ["America/New_York", "Asia/Shanghai", "UTC"];
  const stored: Stored[] = [];
  for (const zone of zones) stored.push(...(await storeAsBefore(url, zone, summer, nextSummer)));
  expect(await repair(url)).toContain("several time zones");
  const read = await readAgain(url, stored);
  const endings = (rows: Stored[], tables: string[]) =>
    rows.filter(({ table }) => tables.includes(table)).map(({ times }) => times.expires_at?.getTime() ?? 0);
  const lasting = ["sessions", "client_secrets", "token_families", "refresh_tokens", "access_tokens", "rate_limits"];
  for (const [index, end] of endings(read, lasting).entries())
    expect(end).toBeLessThanOrEqual(endings(stored, lasting)[index] ?? 0);
  for (const [index, end] of endings(read, ["used_jtis"]).entries()) {
    expect(end).toBeGreaterThanOrEqual(endings(stored, ["used_jtis"])[index] ?? 0);
  }
  const dated = ({ table }: Stored) => ["users", "sessions", "applications", "audit_events"].includes(table);
  for (const { times } of read.filter(dated)) expect(times.created_at ?? times.at).toEqual(summer);
});
