import "server-only";
import { createHmac } from "node:crypto";
import { cookies } from "next/headers";
import { hostCookieName, stateCookieAttributes } from "@/lib/auth/cookies";
import { formerCookieNames } from "@/lib/auth/former-cookies";
import { currentSettings } from "@/lib/current-settings";
import { deriveKey } from "@/lib/keys/derive-key";

/**
 * What stands for a session at the browser, in the cookie that scripts of our own frame read (OpenID Connect Session
 * Management §3.2) in a page of whatever site; empty for nobody's. It is a digest under a key of ours and names no
 * session.
 */
export function toBrowserState(sessionId: string | null): string {
  if (sessionId === null) return "";
  return createHmac("sha256", deriveKey("browser-state")).update(sessionId).digest("base64url");
}

/** Lets the frames of applications see who is signed in here now, or that nobody is. */
export async function keepBrowserState(sessionId: string | null): Promise<void> {
  const store = await cookies();
  const value = toBrowserState(sessionId);
  // Frames that were loaded before the name changed still watch the former one.
  const former = formerCookieNames().state;
  if (store.has(former)) store.set(former, "", { ...stateCookieAttributes(), maxAge: 0 });
  if ((store.get(hostCookieName("state"))?.value ?? "") === value) return;
  const maxAge = value === "" ? 0 : currentSettings().sessionLifetime;
  store.set(hostCookieName("state"), value, { ...stateCookieAttributes(), maxAge });
}
