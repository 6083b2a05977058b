import "server-only";
import { keepBrowserState } from "@/lib/auth/browser-state";
import type { KnownAccount } from "@/lib/auth/known-browser";
import { keepKnownBrowser } from "@/lib/auth/known-browser-cookie";
import { signIn as keepInCookie } from "@/lib/auth/next-auth";
import { createSession, type Origin } from "@/lib/auth/session-store";

/** Gives this browser a new session for someone who has just proved who they are: the id it had may be known to others. */
export async function renewSession(account: KnownAccount, origin: Origin): Promise<void> {
  const now = new Date();
  const { id, token } = await createSession(account.userId, origin, now);
  await keepInCookie("credentials", { sessionToken: token, redirect: false });
  await keepBrowserState(id);
  await keepKnownBrowser(account, now);
}
