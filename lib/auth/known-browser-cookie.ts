import "server-only";
import { cookies } from "next/headers";
import { env } from "@/lib/env";
import { findKnownBrowser, type KnownAccount, knownBrowserLifetime, rememberAccount } from "./known-browser";

/** `__Host-` keeps other hosts of the same domain from setting it; browsers allow the prefix over https only. */
export function knownBrowserCookieName(): string {
  return isSecure() ? "__Host-latchkey.known" : "latchkey.known";
}

/** The id of this browser at an account that it has signed in to before; null if it hasn't. */
export async function getKnownBrowser(account: KnownAccount, now: Date): Promise<string | null> {
  return findKnownBrowser(await readCookie(), account, now);
}

/** Lets this browser be known at the account that it has just signed in to. */
export async function keepKnownBrowser(account: KnownAccount, now: Date): Promise<void> {
  const value = rememberAccount(await readCookie(), account, now);
  (await cookies()).set(knownBrowserCookieName(), value, {
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(),
    path: "/",
    maxAge: knownBrowserLifetime,
  });
}

async function readCookie(): Promise<string> {
  return (await cookies()).get(knownBrowserCookieName())?.value ?? "";
}

function isSecure(): boolean {
  return env().PUBLIC_URL.startsWith("https:");
}
