import { expect, test } from "vitest";
import { BusyNetworks } from "./busy-networks";

test("a network is busy for a moment, and no other is", () => {
  let now = 0;
  const busy = new BusyNetworks(1000, () => now);
  busy.note("a");
  expect([busy.has("a"), busy.has("b")]).toEqual([true, false]);
  now = 999;
  expect(busy.has("a")).toBe(true);
  busy.note("a");
  now = 1998;
  expect(busy.has("a")).toBe(true);
  now = 1999;
  expect(busy.has("a")).toBe(false);
});
