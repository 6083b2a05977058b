import { expect, test } from "vitest";
import { BoundedCache } from "./bounded-cache";

function createCache(bounds: { maximumEntries: number; maximumSize: number }) {
  const made: string[] = [];
  const cache = new BoundedCache<{ text: string }>({ ...bounds, sizeOf: ({ text }) => text.length });
  const use = (key: string) =>
    cache.use(key, () => {
      made.push(key);
      return { text: "" };
    });
  return { cache, made, use };
}

test("it keeps a limited number of entries, the most recently used ones", () => {
  const { made, use } = createCache({ maximumEntries: 2, maximumSize: 100 });
  for (const key of ["a", "b", "a", "c", "a", "b"]) use(key);
  expect(made).toEqual(["a", "b", "c", "b"]);
});

test("it keeps a limited total size, however large a single entry is", () => {
  const { cache, made, use } = createCache({ maximumEntries: 10, maximumSize: 100 });
  use("a").text = "x".repeat(60);
  use("b").text = "x".repeat(40);
  cache.trim();
  use("a");
  use("c").text = "x".repeat(30);
  cache.trim();
  for (const key of ["a", "c", "b"]) use(key);
  expect(made).toEqual(["a", "b", "c", "b"]);
  use("d").text = "x".repeat(101);
  cache.trim();
  for (const key of ["a", "d"]) use(key);
  expect(made).toEqual(["a", "b", "c", "b", "d", "a", "d"]);
});
