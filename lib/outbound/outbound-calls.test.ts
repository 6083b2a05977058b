import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OutboundBusyError } from "./fetch-error";
import { OutboundCalls } from "./outbound-calls";

let calls: OutboundCalls;

beforeEach(() => {
  vi.useFakeTimers();
  calls = new OutboundCalls();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Takes places until one is refused; returns what releases them. */
async function fill(hostOf: (index: number) => string): Promise<(() => void)[]> {
  const releases: (() => void)[] = [];
  for (;;) {
    const release = await calls.take(hostOf(releases.length), "anyone").catch(() => null);
    if (release === null) return releases;
    releases.push(release);
  }
}

/** Whether a promise has settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol("pending");
  await vi.advanceTimersByTimeAsync(0);
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

test("one host takes four of the places for calls that anyone can cause, and leaves the rest to others", async () => {
  expect(await fill(() => "slow.example")).toHaveLength(4);
  await expect(calls.take("slow.example", "anyone")).rejects.toThrow(OutboundBusyError);
  await expect(calls.take("other.example", "anyone")).resolves.toBeDefined();
});

test("all hosts together take 48, and a delivery still finds a place", async () => {
  const releases = await fill((index) => `${index}.example`);
  expect(releases).toHaveLength(48);
  const delivered = await calls.take("app.example", "delivery");
  expect(calls.underWay).toBe(49);
  delivered();
  releases[0]?.();
  await expect(calls.take("next.example", "anyone")).resolves.toBeDefined();
});

test("deliveries to a host wait for a place, in order, and continue as soon as one is free", async () => {
  const releases = await Promise.all(Array.from({ length: 8 }, () => calls.take("slow.example", "delivery")));
  const [first, second] = [calls.take("slow.example", "delivery"), calls.take("slow.example", "delivery")];
  expect([await isSettled(first), await isSettled(second)]).toEqual([false, false]);
  await expect(calls.take("quick.example", "delivery")).resolves.toBeDefined();
  releases[0]?.();
  // Releasing a place twice frees only one.
  releases[0]?.();
  expect([await isSettled(first), await isSettled(second)]).toEqual([true, false]);
  (await first)();
  expect(await isSettled(second)).toBe(true);
});

test("an authorized change waits as well, within the places for calls that anyone can cause", async () => {
  const releases = await Promise.all(Array.from({ length: 4 }, () => calls.take("slow.example", "change")));
  const waiting = calls.take("slow.example", "change");
  expect(await isSettled(waiting)).toBe(false);
  await expect(calls.take("slow.example", "delivery")).resolves.toBeDefined();
  for (const release of releases.slice(0, 2)) release();
  expect(await isSettled(waiting)).toBe(true);
});

test("a call that has waited ten seconds is refused, and takes no place later", async () => {
  const releases = await Promise.all(Array.from({ length: 8 }, () => calls.take("slow.example", "delivery")));
  const waiting = calls.take("slow.example", "delivery");
  const refused = expect(waiting).rejects.toThrow(OutboundBusyError);
  await vi.advanceTimersByTimeAsync(10_000);
  await refused;
  for (const release of releases) release();
  expect(calls.underWay).toBe(0);
});

test("the queue is bounded", async () => {
  await Promise.all(Array.from({ length: 8 }, () => calls.take("slow.example", "delivery")));
  const waiting = Array.from({ length: 256 }, () => calls.take("slow.example", "delivery").catch(() => {}));
  await expect(calls.take("slow.example", "delivery")).rejects.toThrow(OutboundBusyError);
  await vi.advanceTimersByTimeAsync(10_000);
  await Promise.all(waiting);
});
