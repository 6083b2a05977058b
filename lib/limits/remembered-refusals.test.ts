import { expect, test } from "vitest";
import { RememberedRefusals } from "./remembered-refusals";

function open() {
  const clock = { seconds: 0 };
  return { clock, refused: new RememberedRefusals(() => clock.seconds * 1000) };
}

test("a refusal is remembered for as long as it said, and no longer", () => {
  const { clock, refused } = open();
  refused.remember("192.0.2.1", "key", 8);
  expect([refused.wait("192.0.2.1", "key"), refused.wait("192.0.2.1", "another")]).toEqual([8, 0]);
  clock.seconds = 7.5;
  expect(refused.wait("192.0.2.1", "key")).toBe(1);
  clock.seconds = 8;
  expect(refused.wait("192.0.2.1", "key")).toBe(0);
  expect(refused.hasFrom("192.0.2.1")).toBe(false);
});

test("every ten seconds one request finds out whether it still applies, and the others wait for its answer", () => {
  const { clock, refused } = open();
  refused.remember("192.0.2.1", "key", 300);
  clock.seconds = 10;
  expect([
    refused.wait("192.0.2.1", "key"),
    refused.wait("192.0.2.1", "key"),
    refused.wait("192.0.2.1", "key"),
  ]).toEqual([0, 290, 290]);
  clock.seconds = 20;
  expect([refused.wait("192.0.2.1", "key"), refused.wait("192.0.2.1", "key")]).toEqual([0, 280]);
  refused.forget("192.0.2.1", "key");
  expect(refused.wait("192.0.2.1", "key")).toBe(0);
});

test("looking ahead lets nobody through: the request that finds out is left to the one who answers it", () => {
  const { clock, refused } = open();
  refused.remember("192.0.2.1", "key", 15);
  const foresee = () => refused.foresee("192.0.2.1", "key");
  expect([foresee(), refused.foresee("192.0.2.1", "another")]).toEqual([15, 0]);
  clock.seconds = 10;
  expect([foresee(), foresee(), refused.wait("192.0.2.1", "key"), foresee()]).toEqual([0, 0, 0, 5]);
  clock.seconds = 15;
  expect(foresee()).toBe(0);
});

test("networks without any refusal are recognized", () => {
  const { clock, refused } = open();
  refused.remember("192.0.2.1", "a", 60);
  refused.remember("192.0.2.1", "b", 5);
  expect([refused.hasFrom("192.0.2.1"), refused.hasFrom("192.0.2.2")]).toEqual([true, false]);
  clock.seconds = 59;
  expect(refused.hasFrom("192.0.2.1")).toBe(true);
});

test("a refusal can't make it last forever", () => {
  const { clock, refused } = open();
  for (const nonsense of [Number.NaN, -1, 0]) refused.remember("192.0.2.1", "key", nonsense);
  expect([refused.wait("192.0.2.1", "key"), refused.hasFrom("192.0.2.1")]).toEqual([0, false]);
  refused.remember("192.0.2.1", "key", 1e12);
  clock.seconds = 15 * 60;
  expect([refused.wait("192.0.2.1", "key"), refused.hasFrom("192.0.2.1")]).toEqual([0, false]);
});

test("it keeps ten thousand and forgets the oldest", () => {
  const { refused } = open();
  for (let index = 0; index <= 10_000; index++) refused.remember(`network ${index}`, "key", 60);
  expect(refused.wait("network 0", "key")).toBe(0);
  expect(refused.hasFrom("network 0")).toBe(false);
  expect(refused.wait("network 1", "key")).toBe(60);
  expect(refused.wait("network 10000", "key")).toBe(60);
});

test("one network that invents credentials doesn't evict what is remembered of others", () => {
  const { refused } = open();
  refused.remember("192.0.2.1", "key", 60);
  for (let index = 0; index < 20_000; index++) refused.remember("198.51.100.1", String(index), 60);
  expect(refused.wait("192.0.2.1", "key")).toBe(60);
  expect(refused.wait("198.51.100.1", "19999")).toBe(60);
  expect(refused.wait("198.51.100.1", "0")).toBe(0);
});
