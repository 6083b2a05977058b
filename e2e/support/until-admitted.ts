import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "./http";

/**
 * Repeats a request that a busy server refused before anything of it was done, after the time that the server named
 * (RFC 9110 §15.6.4), as a client would. A request that is refused for ever ends with the test's own time.
 */
export async function untilAdmitted<T extends Answer>(send: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await send();
    const seconds = Number(answer.headers["retry-after"] ?? "");
    if (answer.status !== 503 || !(seconds > 0)) return answer;
    await sleep(seconds * 1000);
  }
}
