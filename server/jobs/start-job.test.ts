import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startJob } from "./start-job";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function unexpected(error: unknown): never {
  throw error;
}

test("a job runs immediately and then once per period, until it is stopped", async () => {
  const run = vi.fn(async () => {});
  const stop = startJob({ period: 1000, run, onError: unexpected });
  expect(run).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(run).toHaveBeenCalledTimes(3);
  await stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(run).toHaveBeenCalledTimes(3);
});

test("a delayed job waits for one period first", async () => {
  const run = vi.fn(async () => {});
  const stop = startJob({ period: 1000, run, onError: unexpected, isDelayed: true });
  await vi.advanceTimersByTimeAsync(999);
  expect(run).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(run).toHaveBeenCalledTimes(1);
  await stop();
});

test("two passes never run at the same time, and none queue up", async () => {
  const ends: (() => void)[] = [];
  const run = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
  const stop = startJob({ period: 1000, run, onError: unexpected });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(run).toHaveBeenCalledTimes(1);
  ends[0]?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(run).toHaveBeenCalledTimes(2);
  ends[1]?.();
  await stop();
});

test.each([
  ["rejects", () => Promise.reject(new Error("boom"))],
  [
    "throws",
    () => {
      throw new Error("boom");
    },
  ],
])("a pass that %s is reported, and the next one comes in its time", async (_, run) => {
  const onError = vi.fn();
  const stop = startJob({ period: 1000, run, onError });
  await vi.advanceTimersByTimeAsync(1000);
  expect(onError.mock.calls).toEqual([[new Error("boom")], [new Error("boom")]]);
  await stop();
});

test("stopping signals the current pass and waits for it", async () => {
  let end = () => {};
  let asked: (() => boolean) | undefined;
  const run = (isStopped: () => boolean) => {
    asked = isStopped;
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  };
  const stop = startJob({ period: 1000, run, onError: unexpected });
  expect(asked?.()).toBe(false);
  let hasStopped = false;
  const stopped = stop().then(() => {
    hasStopped = true;
  });
  expect(asked?.()).toBe(true);
  await vi.advanceTimersByTimeAsync(5000);
  expect(hasStopped).toBe(false);
  end();
  await stopped;
});
