import "server-only";
import { keepBrowserState } from "@/lib/auth/browser-state";
import { signIn as keepInCookie } from "@/lib/auth/next-auth";
import { createSession, type Origin } from "@/lib/auth/session-store";

/** Gives this browser a new session for someone who has just proved who they are: the id it had may be known to others. */
export async function renewSession(userId: string, origin: Origin): Promise<void> {
  const { id, token } = await createSession(userId, origin, new Date());
  await keepInCookie("credentials", { sessionToken: token, redirect: false });
  await keepBrowserState(id);
}
