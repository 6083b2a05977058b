import "server-only";
import { getBrowserId } from "@/lib/auth/browser";
import type { KnownAccount } from "@/lib/auth/known-browser";
import { keepKnownBrowser } from "@/lib/auth/known-browser-cookie";
import { keepSession } from "@/lib/auth/session-cookie";
import { createSession, type Origin } from "@/lib/auth/session-store";
import { currentTime } from "@/lib/clock";

/**
 * Gives this browser a new session for someone who has just proved who they are: the id it had may be known to others.
 */
export async function renewSession(account: KnownAccount, origin: Origin): Promise<void> {
  const now = currentTime();
  await keepSession(await createSession(account.userId, { ...origin, browserId: await getBrowserId() }, now));
  await keepKnownBrowser(account, now);
}
