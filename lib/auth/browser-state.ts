import "server-only";
import { createHmac } from "node:crypto";
import { cookies } from "next/headers";
import { deriveKey } from "@/lib/derive-key";
import { env } from "@/lib/env";

/**
 * The cookie that scripts of our own frame read (OpenID Connect Session Management §3.2), in a page of whatever site. It
 * names no session to anyone: it is a digest under a key of ours.
 */
export function browserStateCookieName(): string {
  return isSecure() ? "__Host-latchkey.state" : "latchkey.state";
}

/** What stands for a session at the browser; empty for nobody's. */
export function toBrowserState(sessionId: string | null): string {
  if (sessionId === null) return "";
  return createHmac("sha256", deriveKey("browser-state")).update(sessionId).digest("base64url");
}

/** Lets the frames of applications see who is signed in here now, or that nobody is. */
export async function keepBrowserState(sessionId: string | null): Promise<void> {
  const store = await cookies();
  const value = toBrowserState(sessionId);
  if ((store.get(browserStateCookieName())?.value ?? "") === value) return;
  store.set(browserStateCookieName(), value, {
    httpOnly: false,
    secure: isSecure(),
    // Our frame stands in pages of other sites; without https no browser takes `None`, and other ports are the same site.
    sameSite: isSecure() ? "none" : "lax",
    path: "/",
    maxAge: value === "" ? 0 : env().SESSION_LIFETIME,
  });
}

function isSecure(): boolean {
  return env().PUBLIC_URL.startsWith("https:");
}
