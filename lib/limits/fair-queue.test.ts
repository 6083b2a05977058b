import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AbandonedError, FairQueue, QueueBusyError } from "./fair-queue";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A queue whose worker takes 100 ms per unit of work, and the order in which jobs began. */
function setUp({ slots = 1, expectedDuration = 100 } = {}) {
  const queue = new FairQueue({ slots, longestWait: 3000, expectedDuration });
  const begun: string[] = [];
  const ask = (source: string, { work = 1, signal }: { work?: number; signal?: AbortSignal } = {}) =>
    queue.run({
      source,
      work,
      signal,
      start: async () => {
        begun.push(source);
        const duration = work * 100;
        await new Promise((resolve) => setTimeout(resolve, duration));
        return { result: source, duration };
      },
    });
  return { queue, begun, ask };
}

const outcome = (promise: Promise<unknown>) => promise.catch((error) => error);

describe("networks take turns", () => {
  test("one job of another network waits for one job, not for all that came before", async () => {
    const { begun, ask } = setUp();
    const flood = Array.from({ length: 20 }, () => ask("flood"));
    const others = [ask("first"), ask("second")];
    await vi.runAllTimersAsync();
    await Promise.all([...flood, ...others]);
    expect(begun.slice(0, 5)).toEqual(["flood", "flood", "first", "second", "flood"]);
  });

  test("no more jobs run at the same time than there are slots", async () => {
    const { begun, ask } = setUp({ slots: 2 });
    const jobs = ["a", "a", "a", "b"].map((source) => ask(source));
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(["a", "a"]);
    await vi.advanceTimersByTimeAsync(100);
    expect(begun).toEqual(["a", "a", "a", "b"]);
    await vi.runAllTimersAsync();
    expect(await Promise.all(jobs)).toEqual(["a", "a", "a", "b"]);
  });
});

describe("nobody waits for more than three seconds", () => {
  test("of 400 at the same time, those that would are rejected immediately; another network's job gets its turn", async () => {
    const { begun, ask } = setUp({ slots: 2 });
    const flood = Array.from({ length: 400 }, () => outcome(ask("flood")));
    const right = ask("elsewhere");
    await vi.advanceTimersByTimeAsync(200);
    expect(begun).toContain("elsewhere");
    await vi.runAllTimersAsync();
    expect(await right).toBe("elsewhere");
    const results = await Promise.all(flood);
    const refused = results.filter((result) => result instanceof QueueBusyError);
    // Two at a time, 100 ms each, for 3 seconds.
    expect(results.length - refused.length).toBeGreaterThanOrEqual(58);
    expect(results.length - refused.length).toBeLessThanOrEqual(63);
    for (const { retryAfter } of refused) expect(retryAfter).toBeGreaterThanOrEqual(1);
  });

  test("many networks together are bounded like one", async () => {
    const { begun, ask } = setUp();
    const results = Promise.all(Array.from({ length: 400 }, (_, index) => outcome(ask(`network ${index}`))));
    await vi.runAllTimersAsync();
    expect((await results).filter((result) => result instanceof QueueBusyError)).toHaveLength(400 - begun.length);
    expect(begun.length).toBeLessThan(35);
  });

  test("it learns how long a job takes, and rejects fewer on a fast machine", async () => {
    const { ask } = setUp({ expectedDuration: 10_000 });
    const askTwice = async () => {
      const jobs = [ask("a"), outcome(ask("a"))];
      await vi.runAllTimersAsync();
      return (await Promise.all(jobs))[1];
    };
    expect(await askTwice()).toBeInstanceOf(QueueBusyError);
    for (let round = 0; round < 20; round++) await askTwice();
    expect(await askTwice()).toBe("a");
  });

  test("if the estimate was wrong, a job that has waited for three seconds is rejected then", async () => {
    const { begun, ask } = setUp({ expectedDuration: 0 });
    const [long, waiting] = [ask("a", { work: 100 }), outcome(ask("a"))];
    await vi.advanceTimersByTimeAsync(3000);
    expect(await waiting).toBeInstanceOf(QueueBusyError);
    await vi.runAllTimersAsync();
    await long;
    expect(begun).toEqual(["a"]);
  });
});

describe("an aborted job leaves the queue", () => {
  test("while waiting: it never begins, and its network keeps its turn", async () => {
    const { begun, ask } = setUp();
    const controller = new AbortController();
    const jobs = [ask("a"), outcome(ask("b", { signal: controller.signal })), ask("c")];
    controller.abort();
    await vi.runAllTimersAsync();
    expect(await jobs[1]).toBeInstanceOf(AbandonedError);
    expect(begun).toEqual(["a", "c"]);
    await Promise.all(jobs);
  });

  test("before entering", async () => {
    const { begun, ask } = setUp();
    expect(await outcome(ask("a", { signal: AbortSignal.abort() }))).toBeInstanceOf(AbandonedError);
    expect(begun).toEqual([]);
  });
});

describe("a place taken before the work is known", () => {
  const done = async () => ({ result: "done", duration: 100 });

  test("counts as waiting: of 400 that enter at the same time, those beyond three seconds are rejected before anything is done", () => {
    const { queue } = setUp();
    const entered = Array.from({ length: 400 }, () => {
      try {
        return queue.enter({ source: "flood", work: 1 });
      } catch (error) {
        expect(error).toBeInstanceOf(QueueBusyError);
        return null;
      }
    });
    expect(entered.filter((place) => place !== null)).toHaveLength(31);
  });

  test("doesn't delay jobs that are ready, and is free again when it is left", async () => {
    const { queue, ask } = setUp();
    const places = Array.from({ length: 31 }, () => queue.enter({ source: "a", work: 1 }));
    expect(() => queue.enter({ source: "a", work: 1 })).toThrow(QueueBusyError);
    const job = ask("b");
    await vi.advanceTimersByTimeAsync(100);
    expect(await job).toBe("b");
    for (const place of places) place.leave();
    await expect(queue.enter({ source: "a", work: 1 }).run(done)).resolves.toBe("done");
  });

  test("is kept while its work is being prepared, and ends when its request is aborted", async () => {
    const { queue } = setUp();
    const slow = queue.enter({ source: "a", work: 1 });
    const controller = new AbortController();
    const gone = queue.enter({ source: "a", work: 1, signal: controller.signal });
    controller.abort();
    await vi.advanceTimersByTimeAsync(4000);
    expect(await slow.run(done)).toBe("done");
    expect(await outcome(gone.run(done))).toBeInstanceOf(AbandonedError);
  });
});

test("a job that fails frees its slot", async () => {
  const queue = new FairQueue({ slots: 1, longestWait: 3000, expectedDuration: 1 });
  const fail = () => Promise.reject(new Error("worker died"));
  await expect(queue.run({ source: "a", work: 1, start: fail })).rejects.toThrow("worker died");
  const start = async () => ({ result: "done", duration: 1 });
  await expect(queue.run({ source: "a", work: 1, start })).resolves.toBe("done");
});

test("a source never runs more jobs at the same time than allowed, and leaves the other slots to others", async () => {
  const queue = new FairQueue({ slots: 4, slotsPerSource: 2, longestWait: 3000, expectedDuration: 100 });
  const begun: string[] = [];
  const ask = (source: string) =>
    queue.run({
      source,
      work: 1,
      start: async () => {
        begun.push(source);
        await new Promise((resolve) => setTimeout(resolve, 100));
        return { result: source, duration: 100 };
      },
    });
  const jobs = ["a", "a", "a", "a", "b", "b", "c"].map(ask);
  await vi.advanceTimersByTimeAsync(0);
  expect(begun).toEqual(["a", "a", "b", "b"]);
  await vi.advanceTimersByTimeAsync(100);
  expect(begun).toEqual(["a", "a", "b", "b", "a", "c", "a"]);
  await vi.runAllTimersAsync();
  await Promise.all(jobs);
});
