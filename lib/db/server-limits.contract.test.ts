import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { noLimits } from "@/lib/database-limits";
import { createPrismaClient } from "./client";
import { createPostgresClient, createUnlimitedPool } from "./postgres";

const url = process.env.TEST_DATABASE_URL ?? "";
const limits = `SELECT current_setting('statement_timeout') AS statement,
                       current_setting('idle_in_transaction_session_timeout') AS idle`;

let pooler: Server | null = null;

afterEach(() => pooler?.close());

/**
 * A connection to the database that gives clients its own process IDs, like poolers. Everything sent to it is in
 * `sent`.
 */
async function openPooler(): Promise<{ url: string; sent: Buffer[] }> {
  const { hostname, port } = new URL(url);
  const host = decodeURIComponent(hostname);
  const place = host.startsWith("/") ? { path: `${host}/.s.PGSQL.${port}` } : { host, port: Number(port) };
  const sent: Buffer[] = [];
  pooler = createServer((inner) => {
    const outer = connect(place);
    inner.on("data", (data) => {
      sent.push(data);
      outer.write(data);
    });
    outer.on("data", (data) => inner.write(withOtherProcessId(data)));
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      one.on("error", () => {});
      one.on("close", () => other.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(pooler, "listening");
  const changed = new URL(url);
  changed.hostname = "127.0.0.1";
  changed.port = String((pooler.address() as AddressInfo).port);
  return { url: changed.href, sent };
}

/** PostgreSQL 18 §54.7, BackendKeyData: `K`, a length, the process id and a key, at the end of the greeting. */
function withOtherProcessId(data: Buffer): Buffer {
  const at = data.indexOf(Buffer.from([0x4b, 0, 0, 0]));
  if (at < 0 || data.indexOf("server_version") < 0) return data;
  const changed = Buffer.from(data);
  changed.writeInt32BE(changed.readInt32BE(at + 5) ^ 0x40000000, at + 5);
  return changed;
}

test("on a direct connection every statement has limits", async () => {
  const database = createPrismaClient(url);
  try {
    expect(await database.$queryRawUnsafe(limits)).toEqual([{ statement: "6s", idle: "6s" }]);
  } finally {
    await database.$disconnect();
  }
});

test("behind a pooler no session keeps our limits, and each transaction has them", async () => {
  const { url: pooled, sent } = await openPooler();
  const database = createPrismaClient(pooled);
  try {
    expect(await database.$queryRawUnsafe(limits)).toEqual([{ statement: "0", idle: "0" }]);
    const inside = await database.$transaction((tx) => tx.$queryRawUnsafe(limits));
    expect(inside).toEqual([{ statement: "6s", idle: "6s" }]);
    expect(await database.$queryRawUnsafe(limits)).toEqual([{ statement: "0", idle: "0" }]);
    // The start-up message comes first, and what a pooler refuses in it isn't there.
    expect(sent[0]?.toString("latin1")).not.toContain("timeout");
  } finally {
    await database.$disconnect();
  }
});

test("the limits of the URL apply to a server, not to migrations and commands", async () => {
  const limited = new URL(url);
  for (const name of ["statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"]) {
    limited.searchParams.set(name, "50");
  }
  limited.searchParams.set("query_timeout", "100");
  const slow = "SELECT pg_sleep(0.3), 'done' AS outcome";
  const [client, pool] = [createPostgresClient(limited.href), createUnlimitedPool(limited.href)];
  const [server, command] = [createPrismaClient(limited.href), createPrismaClient(limited.href, noLimits)];
  try {
    await client.connect();
    expect((await client.query(slow)).rows[0]).toMatchObject({ outcome: "done" });
    expect((await pool.query(slow)).rows[0]).toMatchObject({ outcome: "done" });
    const sleep = `SELECT 'done' AS outcome FROM (SELECT pg_sleep(0.3)) AS slow`;
    expect(await command.$queryRawUnsafe(sleep)).toEqual([{ outcome: "done" }]);
    expect(await command.$queryRawUnsafe(limits)).toEqual([{ statement: "0", idle: "0" }]);
    expect(await server.$queryRawUnsafe(limits)).toEqual([{ statement: "50ms", idle: "50ms" }]);
    await expect(server.$queryRawUnsafe(sleep)).rejects.toThrow();
  } finally {
    await Promise.all([client.end(), pool.end(), server.$disconnect(), command.$disconnect()]);
  }
});
