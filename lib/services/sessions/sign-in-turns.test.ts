import { expect, test } from "vitest";
import { takeSignInTurn } from "./sign-in-turns";

test("two sign-ins of a network use the database at a time, and those of others don't wait for them", async () => {
  const running: string[] = [];
  const ends: (() => void)[] = [];
  const begin = (network: string) =>
    takeSignInTurn({ network }, () => {
      running.push(network);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  const crowd = Array.from({ length: 5 }, () => begin("192.0.2.1"));
  const other = begin("192.0.2.2");
  await expect.poll(() => running).toEqual(["192.0.2.1", "192.0.2.1", "192.0.2.2"]);
  ends[0]?.();
  await expect.poll(() => running.length).toBe(4);
  // One of them after the other, as each begins.
  for (let next = 1; next < 6; next++) {
    await expect.poll(() => ends.length).toBeGreaterThan(next);
    ends[next]?.();
  }
  await Promise.all([...crowd, other]);
});
