import { env } from "@/lib/env";

/** `__Host-` keeps other hosts of the same domain from setting it; browsers allow the prefix over https only. */
export function browserCookieName(): string {
  return isSecure() ? "__Host-latchkey.browser" : "latchkey.browser";
}

export function browserCookieOptions() {
  return { httpOnly: true, sameSite: "lax", secure: isSecure(), path: "/", maxAge: 31_536_000 } as const;
}

function isSecure(): boolean {
  return env().PUBLIC_URL.startsWith("https:");
}
