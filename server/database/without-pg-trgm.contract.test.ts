import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPrismaClient, type PrismaClient } from "@/lib/db/client";
import { searchCondition } from "@/lib/db/lists/search-condition";
import { selectPage } from "@/lib/db/lists/select-page";
import { createPostgresClient } from "@/lib/db/postgres";
import { userList } from "@/lib/services/users/manage/user-list";
import { acquirePostgres, makeTemporaryDataDir, type PostgresLease } from "../postgres";
import { migrate } from "./migrate";

/** A database whose user may create tables but no extension: its owner is someone else (docs/adr/0060). */

// What a process has learned about indexes belongs to its own database.
const learned = globalThis as typeof globalThis & { latchkeyTrigramIndexes?: unknown };

let dataDir: string;
let postgres: PostgresLease;
let prisma: PrismaClient;

async function query(url: string, sql: string): Promise<void> {
  const client = createPostgresClient(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  delete learned.latchkeyTrigramIndexes;
  dataDir = makeTemporaryDataDir("latchkey-trigrams-");
  postgres = await acquirePostgres(dataDir);
  const inDatabase = (url: string) => Object.assign(new URL(url), { pathname: "/owned_by_another" }).href;
  await query(postgres.adminUrl, "CREATE DATABASE owned_by_another");
  await query(inDatabase(postgres.adminUrl), "GRANT USAGE, CREATE ON SCHEMA public TO latchkey");
  await migrate(inDatabase(postgres.url));
  prisma = createPrismaClient(inDatabase(postgres.url));
  for (const [username, name] of [
    ["maya", "Maya Lindqvist"],
    ["jonas", "Jonas Okafor"],
  ] as const) {
    const email = `${username}@example.test`;
    await prisma.user.create({
      data: { username, usernameKey: username, email, emailKey: email, name },
      select: { id: true },
    });
  }
});

afterAll(async () => {
  await prisma.$disconnect();
  await postgres.release();
  delete learned.latchkeyTrigramIndexes;
  rmSync(dataDir, { recursive: true, force: true });
});

async function find(typed: string): Promise<number> {
  const condition = await searchCondition(prisma, userList.searched, typed);
  const order = { ...userList.orders.name, descending: false };
  const { from, id } = userList;
  const page = { from, id, conditions: condition ? [condition] : [], order, after: null, limit: 10 };
  return (await selectPage(prisma, page)).length;
}

test("the extension isn't there, and the migrations have run all the same", async () => {
  const found = await prisma.$queryRaw<{ name: string }[]>`SELECT extname AS name FROM pg_extension`;
  expect(found.map(({ name }) => name)).not.toContain("pg_trgm");
  expect(await prisma.user.count()).toBe(2);
});

test.each([
  ["lindq", 1],
  ["maya lindqvist", 1],
  ["maya@example", 1],
  ["example", 2],
  ["ok", 1],
  ["zzz", 0],
  ["%", 0],
])("%j is found by how words begin", async (typed, count) => {
  expect(await find(typed)).toBe(count);
});

test("the middle of a word is found only with the extension", async () => {
  expect(await find("indqvist")).toBe(0);
});
