import { expect, test } from "vitest";
import { NetworkShares } from "./network-shares";

function fill(shares: NetworkShares<number>, network: string, count: number): void {
  for (let index = 0; index < count; index++) shares.put(network, `key ${index}`, index);
}

test("a network evicts only its own entries, the oldest first", () => {
  const shares = new NetworkShares<number>({ share: 3, all: 100 });
  fill(shares, "other", 2);
  fill(shares, "flood", 50);
  expect([...shares.valuesOf("flood")]).toEqual([47, 48, 49]);
  expect([...shares.valuesOf("other")]).toEqual([0, 1]);
  expect(shares.size).toBe(5);
});

test("when it is full, the network that has added nothing for the longest time makes room", () => {
  const shares = new NetworkShares<number>({ share: 3, all: 5 });
  for (const network of ["first", "second"]) fill(shares, network, 2);
  shares.put("first", "key 2", 2);
  shares.put("third", "key 0", 0);
  expect([...shares.valuesOf("second")]).toEqual([1]);
  expect([...shares.valuesOf("first")]).toEqual([0, 1, 2]);
  expect(shares.size).toBe(5);
});

test("an entry that is added again is the newest, and counts once", () => {
  const shares = new NetworkShares<number>({ share: 2, all: 10 });
  fill(shares, "network", 2);
  shares.put("network", "key 0", 7);
  shares.put("network", "key 2", 2);
  expect([...shares.valuesOf("network")]).toEqual([7, 2]);
  expect(shares.size).toBe(2);
});

test("a deleted entry leaves room, and nothing remains of a network without entries", () => {
  const shares = new NetworkShares<number>({ share: 2, all: 2 });
  fill(shares, "network", 2);
  shares.delete("network", "key 0");
  shares.delete("network", "key 0");
  expect([shares.size, shares.get("network", "key 0"), shares.get("network", "key 1")]).toEqual([1, undefined, 1]);
  shares.deleteNetwork("network");
  expect([shares.size, ...shares.valuesOf("network")]).toEqual([0]);
  fill(shares, "another", 2);
  expect(shares.size).toBe(2);
});
