import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { countAttempts } from "@/lib/db/rate-limits";
import { digest } from "@/lib/oauth/wire/digest";
import { type AttemptedSignIn, SignInThrottle, TooManyAttemptsError } from "./sign-in-throttle";

const now = new Date("2026-01-01T12:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
/** For this run only: networks of a documentation prefix. */
const run = Math.floor(Math.random() * 0xffff).toString(16);
let networks = 0;
const nextNetwork = () => `2001:db8:${run}:${(networks++).toString(16)}::1`;
const keys = new Set<string>();

afterAll(async () => {
  await getPrisma().rateLimit.deleteMany({ where: { keyHash: { in: [...keys].map(digest) } } });
  await getPrisma().$disconnect();
});

const sourceOf = (address: string) => address.replace("::1", "::/64");

function throttleFor(attempt: Partial<AttemptedSignIn> & { ipAddress: string }): SignInThrottle {
  const { userId = null, name = null, ipAddress, knownBrowser = null } = attempt;
  const target = userId === null ? `name ${name ?? ""}` : `account ${userId}`;
  for (const key of [
    `sign-in ${target} from ${sourceOf(ipAddress)}`,
    `sign-in from ${sourceOf(ipAddress)}`,
    `sign-in ${target}`,
    `sign-in ${target} at ${knownBrowser}`,
  ]) {
    keys.add(key);
  }
  return new SignInThrottle({ userId, name, ipAddress, knownBrowser });
}

/** How many of these parallel attempts are let through. */
async function countPassed(attempts: Promise<void>[]): Promise<number> {
  const results = await Promise.allSettled(attempts);
  for (const result of results) {
    if (result.status === "rejected") expect(result.reason).toBeInstanceOf(TooManyAttemptsError);
  }
  return results.filter((result) => result.status === "fulfilled").length;
}

const attempt = (throttle: SignInThrottle, times: number, at = now) =>
  countPassed(Array.from({ length: times }, () => throttle.countAttempt(at)));

/** Uses up the limit on attempts from everywhere: ten from each of ten networks. */
async function attackFromEverywhere(userId: string): Promise<void> {
  const passed = Array.from({ length: 10 }, () => attempt(throttleFor({ userId, ipAddress: nextNetwork() }), 10));
  expect(await Promise.all(passed)).toEqual(Array(10).fill(10));
}

async function readAttempts(key: string): Promise<number | null> {
  const row = await getPrisma().rateLimit.findUnique({ where: { keyHash: digest(key) } });
  return row?.attempts ?? null;
}

describe("the brute force policy (ASVS 6.3.1)", () => {
  test("ten attempts at one account from one network, no matter how many at the same time", async () => {
    expect(await attempt(throttleFor({ name: randomUUID(), ipAddress: nextNetwork() }), 40)).toBe(10);
  });

  test("a refusal says whether it is for one name or for every name from the network", async () => {
    const ipAddress = nextNetwork();
    const refusalOf = (throttle: SignInThrottle) => throttle.countAttempt(now).catch((error: unknown) => error);
    const names = Array.from({ length: 10 }, () => throttleFor({ name: randomUUID(), ipAddress }));
    const [first] = names;
    if (!first) throw new Error("There are names.");
    expect(await attempt(first, 10)).toBe(10);
    expect(await refusalOf(first)).toMatchObject({ isForAnyName: false });
    for (const throttle of names.slice(1)) expect(await attempt(throttle, 10)).toBe(10);
    expect(await refusalOf(throttleFor({ name: randomUUID(), ipAddress }))).toMatchObject({ isForAnyName: true });
  });

  test("what a narrow limit refuses counts against no wider one: 105 attempts from one network leave 90 for others", async () => {
    const [userId, ipAddress] = [randomUUID(), nextNetwork()];
    expect(await attempt(throttleFor({ userId, ipAddress }), 105)).toBe(10);
    expect(await readAttempts(`sign-in account ${userId}`)).toBe(10);
    expect(await readAttempts(`sign-in from ${sourceOf(ipAddress)}`)).toBe(10);
    await throttleFor({ userId, ipAddress: nextNetwork() }).countAttempt(now);
  });

  test("what a wide limit refuses counts against no narrow one", async () => {
    const userId = randomUUID();
    await attackFromEverywhere(userId);
    const ipAddress = nextNetwork();
    expect(await attempt(throttleFor({ userId, ipAddress }), 20)).toBe(0);
    expect(await readAttempts(`sign-in account ${userId} from ${sourceOf(ipAddress)}`)).toBeNull();
    expect(await readAttempts(`sign-in from ${sourceOf(ipAddress)}`)).toBeNull();
    expect(await readAttempts(`sign-in account ${userId}`)).toBe(100);
  });

  test("a list of names from one network is cut off at a hundred, and nothing more is stored", async () => {
    const ipAddress = nextNetwork();
    const names = Array.from({ length: 130 }, () => randomUUID());
    expect(await countPassed(names.map((name) => throttleFor({ name, ipAddress }).countAttempt(now)))).toBe(100);
    const ofNames = names.flatMap((name) => [
      `sign-in name ${name}`,
      `sign-in name ${name} from ${sourceOf(ipAddress)}`,
    ]);
    const rows = await getPrisma().rateLimit.findMany({ where: { keyHash: { in: ofNames.map(digest) } } });
    expect(rows.map(({ attempts }) => attempts)).toEqual(Array(200).fill(1));
    expect(await readAttempts(`sign-in from ${sourceOf(ipAddress)}`)).toBe(100);
  });

  test("it says how long to wait, and lets attempts through after that", async () => {
    const throttle = throttleFor({ name: randomUUID(), ipAddress: nextNetwork() });
    await attempt(throttle, 11);
    await expect(throttle.countAttempt(later(60))).rejects.toMatchObject({ retryAfter: 14 * 60 });
    await throttle.countAttempt(later(15 * 60));
    expect(await attempt(throttle, 12, later(15 * 60))).toBe(9);
  });

  test("a success resets the count here; attempts from elsewhere still count", async () => {
    const [userId, ipAddress] = [randomUUID(), nextNetwork()];
    await attempt(throttleFor({ userId, ipAddress: nextNetwork() }), 10);
    const throttle = throttleFor({ userId, ipAddress });
    await attempt(throttle, 10);
    await throttle.succeeded();
    expect(await readAttempts(`sign-in account ${userId}`)).toBe(19);
    expect(await attempt(throttle, 12)).toBe(10);
  });

  test("an attempt that wasn't made after all leaves no row", async () => {
    const [userId, ipAddress] = [randomUUID(), nextNetwork()];
    const throttle = throttleFor({ userId, ipAddress });
    await throttle.countAttempt(now);
    await throttle.giveBack();
    for (const key of [`account ${userId}`, `from ${sourceOf(ipAddress)}`]) {
      expect(await readAttempts(`sign-in ${key}`)).toBeNull();
    }
  });
});

describe("a browser that has signed in to the account before", () => {
  test("passes the limit on attempts from everywhere, and has one of its own", async () => {
    const userId = randomUUID();
    await attackFromEverywhere(userId);
    const knownBrowser = randomUUID();
    expect(await attempt(throttleFor({ userId, ipAddress: nextNetwork(), knownBrowser }), 6)).toBe(6);
    expect(await attempt(throttleFor({ userId, ipAddress: nextNetwork(), knownBrowser }), 6)).toBe(4);
    expect(await readAttempts(`sign-in account ${userId}`)).toBe(100);
  });

  test("doesn't pass the limits on its network", async () => {
    const [userId, ipAddress] = [randomUUID(), nextNetwork()];
    expect(await attempt(throttleFor({ userId, ipAddress }), 10)).toBe(10);
    expect(await attempt(throttleFor({ userId, ipAddress, knownBrowser: randomUUID() }), 5)).toBe(0);
    const crowded = nextNetwork();
    const others = Array.from({ length: 100 }, () => throttleFor({ name: randomUUID(), ipAddress: crowded }));
    expect(await countPassed(others.map((throttle) => throttle.countAttempt(now)))).toBe(100);
    const known = throttleFor({ userId: randomUUID(), ipAddress: crowded, knownBrowser: randomUUID() });
    expect(await attempt(known, 5)).toBe(0);
  });
});

test("with parallel attempts under several limits, no more pass than each limit allows, and none is counted by half", async () => {
  const [wide, a, b] = [randomUUID(), randomUUID(), randomUUID()];
  for (const key of [wide, a, b]) keys.add(key);
  const rule = (limit: number) => ({ limit, window: 60 });
  const count = (narrow: string) =>
    countAttempts(
      [
        [narrow, rule(20)],
        [wide, rule(15)],
      ],
      now,
    );
  const waits = await Promise.all(Array.from({ length: 60 }, (_, index) => count(index % 2 === 0 ? a : b)));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(15);
  expect(new Set(waits)).toEqual(new Set([0, 60]));
  expect(await readAttempts(wide)).toBe(15);
  expect(((await readAttempts(a)) ?? 0) + ((await readAttempts(b)) ?? 0)).toBe(15);
});
