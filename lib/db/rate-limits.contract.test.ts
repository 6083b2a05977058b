import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { digest } from "@/lib/oauth/wire/digest";
import { getPrisma } from "./prisma";
import { countAttempt, countAttempts, countEach, forgetAttempts, uncountAttempts } from "./rate-limits";

const now = new Date("2026-01-01T12:00:00Z");
const prisma = getPrisma();
const used: string[] = [];

function newKey(): string {
  const key = randomUUID();
  used.push(key);
  return key;
}

afterEach(async () => {
  await prisma.rateLimit.deleteMany({ where: { keyHash: { in: used.splice(0).map(digest) } } });
});

const countRows = (keys: readonly string[]) =>
  prisma.rateLimit.count({ where: { keyHash: { in: keys.map((key) => digest(key)) } } });

test("a flood of invented names from one network leaves no more rows than the network's limit", async () => {
  const network = [newKey(), { limit: 20, window: 60 }] as const;
  const names = Array.from({ length: 200 }, newKey);
  const waits = await Promise.all(
    names.map((name) => countAttempts([[name, { limit: 5, window: 900 }], network], now)),
  );
  expect(waits.filter((wait) => wait === 0)).toHaveLength(20);
  expect(await countRows(names)).toBe(20);
  const afterwards = Array.from({ length: 50 }, newKey);
  for (const name of afterwards) await countAttempts([[name, { limit: 5, window: 900 }], network], now);
  expect(await countRows(afterwards)).toBe(0);
});

test("a refused attempt changes nothing, so a full window ends on time", async () => {
  const key = newKey();
  const rule = { limit: 2, window: 60 };
  for (let time = 0; time < 2; time++) await countAttempt(key, rule, now);
  const before = await prisma.rateLimit.findUniqueOrThrow({ where: { keyHash: digest(key) } });
  const waits = await Promise.all(Array.from({ length: 30 }, () => countAttempt(key, rule, now)));
  expect(new Set(waits)).toEqual(new Set([60]));
  expect(await prisma.rateLimit.findUniqueOrThrow({ where: { keyHash: digest(key) } })).toEqual(before);
});

test("of attempts that are counted one by one, a full key refuses only its own", async () => {
  const [full, free] = [newKey(), newKey()];
  const rule = { limit: 1, window: 60 };
  await countAttempt(full, rule, now);
  const both = [full, free, free].map((key) => [key, rule] as const);
  expect(await countEach(both, now)).toEqual(new Set([free]));
  expect(await countEach(both, now)).toEqual(new Set());
  expect(await countEach([], now)).toEqual(new Set());
  expect(await countEach(both, new Date(now.getTime() + 61_000))).toEqual(new Set([full, free]));
});

test("an attempt that is taken back makes room for another, and a reset key for all", async () => {
  const key = newKey();
  const rule = { limit: 3, window: 60 };
  const attempt = () => countAttempt(key, rule, now);
  for (let time = 0; time < 5; time++) await attempt();
  await uncountAttempts([key]);
  expect([await attempt(), await attempt()]).toEqual([0, 60]);
  await forgetAttempts(key);
  expect([await attempt(), await attempt(), await attempt(), await attempt()]).toEqual([0, 0, 0, 60]);
});
