import { createHash } from "node:crypto";
import { currentSettings } from "@/lib/current-settings";

/**
 * Cookies for the whole host: the session, next-auth's own two, the browser ID, the state that session frames watch,
 * and the accounts the browser is known to.
 */
export type HostCookie = "session" | "callback" | "csrf" | "browser" | "state" | "known";

/**
 * The name of a cookie sent to every path. `__Host-` keeps sibling hosts and pages loaded over http from setting it
 * (RFC 6265bis §4.1.3.2); browsers allow the prefix over https only.
 */
export function hostCookieName(cookie: HostCookie, publicUrl = currentSettings().publicUrl): string {
  return `${isHttps(publicUrl) ? "__Host-" : ""}${ownName(cookie, publicUrl)}`;
}

/** The name of a cookie that is limited to a path, which rules out `__Host-`. */
export function pathCookieName(cookie: string, publicUrl = currentSettings().publicUrl): string {
  return `${isHttps(publicUrl) ? "__Secure-" : ""}${ownName(cookie, publicUrl)}`;
}

/** Attributes of every cookie that no script and no other site needs. */
export function cookieAttributes(publicUrl = currentSettings().publicUrl) {
  return { httpOnly: true, sameSite: "lax", secure: isHttps(publicUrl), path: "/" } as const;
}

/**
 * How long next-auth's seal is valid, in seconds. It goes by the machine's own clock, so it must not be what ends a
 * session: the session's row does, by the database's clock (docs/adr/0042).
 */
export const sealLifetime = 10 * 365 * 24 * 3600;

/** The ID lives for a year. A session ends with it, so signing in renews it. */
export function browserCookieAttributes() {
  return { ...cookieAttributes(), maxAge: 31_536_000 };
}

/** Scripts in our frame read this one inside other sites' pages. Without https, no browser accepts `None`. */
export function stateCookieAttributes(publicUrl = currentSettings().publicUrl) {
  const attributes = cookieAttributes(publicUrl);
  return { ...attributes, httpOnly: false, sameSite: attributes.secure ? "none" : "lax" } as const;
}

/** Cookies ignore the port (RFC 6265 §8.5), so two servers on one host share them: each uses its own names. */
function ownName(cookie: string, publicUrl: string): string {
  return `latchkey.${createHash("sha256").update(publicUrl).digest("hex").slice(0, 8)}.${cookie}`;
}

function isHttps(publicUrl: string): boolean {
  return publicUrl.startsWith("https:");
}
