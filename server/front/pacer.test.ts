import { expect, test } from "vitest";
import { Pacer } from "./pacer";

const never = new AbortController().signal;
const isOver = (pause: Promise<void>) => Promise.race([pause.then(() => true), Promise.resolve().then(() => false)]);

test("a pause ends when nobody waits for the answer anymore", async () => {
  const gone = new AbortController();
  const pause = new Pacer({ milliseconds: 1_000_000, most: 1 }).pause(gone.signal);
  expect(await isOver(pause)).toBe(false);
  gone.abort();
  await pause;
});

test("there are no more pauses at the same time than allowed, and one that has ended makes room", async () => {
  const pacer = new Pacer({ milliseconds: 1_000_000, most: 2 });
  const gone = new AbortController();
  const first = pacer.pause(gone.signal);
  void pacer.pause(never);
  await pacer.pause(never);
  gone.abort();
  await first;
  expect(await isOver(pacer.pause(never))).toBe(false);
});

test("it ends by itself", async () => {
  await new Pacer({ milliseconds: 1, most: 1 }).pause(never);
});
