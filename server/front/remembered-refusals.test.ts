import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { RememberedRefusals } from "./remembered-refusals";

const request = (authorization?: string) =>
  ({ method: "POST", url: "/o/token?x=1", headers: { authorization } }) as IncomingMessage;

test("a refusal is remembered for as long as it said, and no longer", () => {
  let now = 0;
  const refused = new RememberedRefusals(() => now);
  const key = refused.keyOf(request("Basic eA=="), "192.0.2.1") ?? "";
  refused.remember(key, 30);
  now = 29_500;
  expect(refused.wait(key)).toBe(1);
  now = 30_000;
  expect(refused.wait(key)).toBe(0);
});

test.each([undefined, "Bearer eA", "DPoP eA"])("%s says too little of why a request was refused", (authorization) => {
  expect(new RememberedRefusals().keyOf(request(authorization), "192.0.2.1")).toBeNull();
});

test("what a refusal says can't make it last for ever", () => {
  let now = 0;
  const refused = new RememberedRefusals(() => now);
  for (const nonsense of [Number.NaN, -1, 0]) refused.remember("key", nonsense);
  expect(refused.wait("key")).toBe(0);
  refused.remember("key", 1e12);
  now = 15 * 60 * 1000;
  expect(refused.wait("key")).toBe(0);
});

test("it keeps ten thousand and forgets the oldest", () => {
  const refused = new RememberedRefusals(() => 0);
  for (let index = 0; index <= 10_000; index++) refused.remember(String(index), 60);
  expect(refused.wait("0")).toBe(0);
  expect(refused.wait("1")).toBe(60);
  expect(refused.wait("10000")).toBe(60);
});
