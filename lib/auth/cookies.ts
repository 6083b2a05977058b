import { createHash } from "node:crypto";
import { currentSettings } from "@/lib/current-settings";

/**
 * Cookies of the whole host: the session, next-auth's own two, the browser's id, what session frames watch, and the
 * accounts that the browser is known at.
 */
export type HostCookie = "session" | "callback" | "csrf" | "browser" | "state" | "known";

/**
 * The name of a cookie that every path gets. `__Host-` keeps sibling hosts and pages read over http from setting it
 * (RFC 6265bis §4.1.3.2); browsers allow the prefix over https only.
 */
export function hostCookieName(cookie: HostCookie, publicUrl = currentSettings().publicUrl): string {
  return `${isHttps(publicUrl) ? "__Host-" : ""}${ownName(cookie, publicUrl)}`;
}

/** The name of a cookie that is limited to a path, which rules out `__Host-`. */
export function pathCookieName(cookie: string, publicUrl = currentSettings().publicUrl): string {
  return `${isHttps(publicUrl) ? "__Secure-" : ""}${ownName(cookie, publicUrl)}`;
}

/** What all cookies have in common that no script and no other site needs. */
export function cookieAttributes(publicUrl = currentSettings().publicUrl) {
  return { httpOnly: true, sameSite: "lax", secure: isHttps(publicUrl), path: "/" } as const;
}

/**
 * Seconds for which next-auth's seal holds. It measures by the machine's own clock, so that it must not be what ends a
 * session: that is the session's row, by the database's clock (docs/adr/0042).
 */
export const sealLifetime = 10 * 365 * 24 * 3600;

/** The id lives for a year: a session ends with it, so signing in sets it again. */
export function browserCookieAttributes() {
  return { ...cookieAttributes(), maxAge: 31_536_000 };
}

/** Scripts of our frame read this one, in pages of other sites; without https no browser takes `None`. */
export function stateCookieAttributes(publicUrl = currentSettings().publicUrl) {
  const attributes = cookieAttributes(publicUrl);
  return { ...attributes, httpOnly: false, sameSite: attributes.secure ? "none" : "lax" } as const;
}

/** Cookies ignore the port (RFC 6265 §8.5): two servers on one host share them, so each has names of its own. */
function ownName(cookie: string, publicUrl: string): string {
  return `latchkey.${createHash("sha256").update(publicUrl).digest("hex").slice(0, 8)}.${cookie}`;
}

function isHttps(publicUrl: string): boolean {
  return publicUrl.startsWith("https:");
}
