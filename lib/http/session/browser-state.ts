import "server-only";
import { createHmac } from "node:crypto";
import { cookies } from "next/headers";
import { hostCookieName, stateCookieAttributes } from "@/lib/auth/cookies";
import { formerCookieNames } from "@/lib/auth/former-cookies";
import { currentSettings } from "@/lib/current-settings";
import { deriveKey } from "@/lib/keys/derive-key";

/**
 * Represents a session in the cookie that our own frame's script reads on any site's page (OpenID Connect Session
 * Management §3.2); empty without a session. It is a digest under our key and reveals no session.
 */
export function toBrowserState(sessionId: string | null): string {
  if (sessionId === null) return "";
  return createHmac("sha256", deriveKey("browser-state")).update(sessionId).digest("base64url");
}

/** Shows the frames of applications which session this browser has now, if any. */
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
