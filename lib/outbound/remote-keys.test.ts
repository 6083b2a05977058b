import { beforeEach, expect, test } from "vitest";
import { RemoteKeyCache } from "./remote-keys";

const uri = "https://keys.example.com/jwks";
const usual = { fresh: false };
const fresh = { fresh: true };
const setOf = (kid: string) => ({ keys: [{ kty: "EC", kid }] });

/** The other side's answer: a set, or an error. */
let answer: unknown;
let seconds: number;
let fetched: string[];
let failed: unknown[];
let cache: RemoteKeyCache;

beforeEach(() => {
  answer = setOf("a");
  seconds = 0;
  fetched = [];
  failed = [];
  cache = new RemoteKeyCache({
    now: () => seconds * 1000,
    onFailure: (_uri, error) => failed.push(error),
    fetchJson: async (from) => {
      fetched.push(from);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
});

test("a set is fetched once in five minutes", async () => {
  expect(await cache.fetch(uri, usual)).toEqual(setOf("a"));
  answer = setOf("b");
  seconds = 299;
  expect(await cache.fetch(uri, usual)).toEqual(setOf("a"));
  seconds = 300;
  expect(await cache.fetch(uri, usual)).toEqual(setOf("b"));
  expect(fetched).toEqual([uri, uri]);
});

test("concurrent requests share one fetch", async () => {
  const sets = await Promise.all(
    Array.from({ length: 50 }, (_, index) => cache.fetch(uri, { fresh: index % 2 === 0 })),
  );
  expect(sets).toEqual(Array(50).fill(setOf("a")));
  expect(fetched).toHaveLength(1);
});

test("a fresh one is fetched at most every 30 seconds, no matter how often it is requested", async () => {
  await cache.fetch(uri, usual);
  answer = setOf("b");
  seconds = 29;
  for (let count = 0; count < 100; count += 1) expect(await cache.fetch(uri, fresh)).toEqual(setOf("a"));
  expect(fetched).toHaveLength(1);
  seconds = 30;
  expect(await cache.fetch(uri, fresh)).toEqual(setOf("b"));
  expect(await cache.fetch(uri, fresh)).toEqual(setOf("b"));
  expect(fetched).toHaveLength(2);
});

test("after failures the pauses grow, for fresh ones as well", async () => {
  answer = new Error("down");
  const attemptedAt: number[] = [];
  for (seconds = 0; seconds <= 1000; seconds += 1) {
    const before = fetched.length;
    expect(await cache.fetch(uri, usual)).toBeNull();
    expect(await cache.fetch(uri, fresh)).toBeNull();
    if (fetched.length > before) attemptedAt.push(seconds);
  }
  expect(attemptedAt).toEqual([0, 10, 30, 70, 150, 310, 610, 910]);
  expect(failed).toHaveLength(8);
});

test("after a success everything is as before", async () => {
  answer = new Error("down");
  await cache.fetch(uri, usual);
  answer = setOf("a");
  seconds = 10;
  expect(await cache.fetch(uri, usual)).toEqual(setOf("a"));
  seconds = 309;
  await cache.fetch(uri, usual);
  expect(fetched).toHaveLength(2);
});

test("an outage of the other side is bridged for an hour, and no longer", async () => {
  await cache.fetch(uri, usual);
  answer = new Error("down");
  seconds = 3599;
  expect(await cache.fetch(uri, usual)).toEqual(setOf("a"));
  seconds = 3600;
  expect(await cache.fetch(uri, usual)).toBeNull();
  expect(fetched).toHaveLength(2);
});

test.each([[null], [[]], ["keys"], [{}], [{ keys: {} }], [{ keys: ["a"] }], [{ keys: [{ kid: "no kty" }] }]])(
  "%j is not a key set",
  async (body) => {
    answer = body;
    expect(await cache.fetch(uri, usual)).toBeNull();
    expect(failed).toHaveLength(1);
  },
);

test("it keeps at most 500 sets: the most recently used ones", async () => {
  for (let index = 0; index < 500; index += 1) await cache.fetch(`${uri}/${index}`, usual);
  await cache.fetch(`${uri}/0`, usual);
  await cache.fetch(uri, usual);
  expect(fetched).toHaveLength(501);
  await cache.fetch(`${uri}/0`, usual);
  expect(fetched).toHaveLength(501);
  await cache.fetch(`${uri}/1`, usual);
  expect(fetched).toHaveLength(502);
});
