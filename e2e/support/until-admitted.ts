import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "./http";

/**
 * Repeats a request that a busy server refused before it did anything, after the time that the server named (RFC 9110
 * §15.6.4), like a client would. A request that is always refused ends with the test's timeout.
 */
export async function untilAdmitted<T extends Answer>(send: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await send();
    const seconds = Number(answer.headers["retry-after"] ?? "");
    if (answer.status !== 503 || !(seconds > 0)) return answer;
    await sleep(seconds * 1000);
  }
}
