import { setTimeout as sleep } from "node:timers/promises";

/** Repeats until the answer is a value, for at most `timeout` milliseconds. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  { timeout = 10_000, interval = 25 }: { timeout?: number; interval?: number } = {},
): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeout} ms.`);
    await sleep(interval);
  }
}
