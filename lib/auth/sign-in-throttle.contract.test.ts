import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { forgetAttempts } from "@/lib/db/rate-limits";
import { SignInThrottle, TooManyAttemptsError } from "./sign-in-throttle";

const now = new Date("2026-01-01T12:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const used: { name: string; source: string }[] = [];

function throttleFor(name: string, source: string): SignInThrottle {
  used.push({ name, source });
  return new SignInThrottle(name, source);
}

afterEach(async () => {
  for (const { name, source } of used.splice(0)) {
    const keys = [`sign-in account ${name} from ${source}`, `sign-in from ${source}`, `sign-in account ${name}`];
    await Promise.all(keys.map(forgetAttempts));
  }
});

/** How many of these parallel attempts are let through. */
async function countPassed(attempts: Promise<void>[]): Promise<number> {
  const results = await Promise.allSettled(attempts);
  for (const result of results) {
    if (result.status === "rejected") expect(result.reason).toBeInstanceOf(TooManyAttemptsError);
  }
  return results.filter((result) => result.status === "fulfilled").length;
}

describe("the brute force policy (ASVS 6.3.1)", () => {
  test("ten attempts at one account from one network, however many come at once", async () => {
    const throttle = throttleFor(randomUUID(), "198.51.100.1");
    expect(await countPassed(Array.from({ length: 40 }, () => throttle.countAttempt(now)))).toBe(10);
  });

  test("the owner, who comes from elsewhere, is not locked out", async () => {
    const name = randomUUID();
    const attacker = throttleFor(name, "198.51.100.2");
    await countPassed(Array.from({ length: 20 }, () => attacker.countAttempt(now)));
    await throttleFor(name, "198.51.100.3").countAttempt(now);
  });

  test("a list of names from one network ends at a hundred", async () => {
    const attempts = Array.from({ length: 120 }, () => throttleFor(randomUUID(), "198.51.100.4").countAttempt(now));
    expect(await countPassed(attempts)).toBe(100);
  });

  test("it says how long to wait, and lets through after that", async () => {
    const throttle = throttleFor(randomUUID(), "198.51.100.5");
    await countPassed(Array.from({ length: 11 }, () => throttle.countAttempt(now)));
    await expect(throttle.countAttempt(later(60))).rejects.toMatchObject({ retryAfter: 14 * 60 });
    await throttle.countAttempt(later(15 * 60));
  });

  test("who succeeds begins anew", async () => {
    const throttle = throttleFor(randomUUID(), "198.51.100.6");
    await countPassed(Array.from({ length: 10 }, () => throttle.countAttempt(now)));
    await throttle.succeeded();
    expect(await countPassed(Array.from({ length: 12 }, () => throttle.countAttempt(now)))).toBe(10);
  });
});
