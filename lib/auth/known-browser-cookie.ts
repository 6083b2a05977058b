import "server-only";
import { cookies } from "next/headers";
import { cookieAttributes, hostCookieName } from "./cookies";
import { findKnownBrowser, type KnownAccount, knownBrowserLifetime, rememberAccount } from "./known-browser";

/** The id of this browser at an account that it has signed in to before; null if it hasn't. */
export async function getKnownBrowser(account: KnownAccount, now: Date): Promise<string | null> {
  return findKnownBrowser(await readKnownBrowserCookie(), account, now);
}

/** Lets this browser be known at the account that it has just signed in to. */
export async function keepKnownBrowser(account: KnownAccount, now: Date): Promise<void> {
  const value = rememberAccount(await readKnownBrowserCookie(), account, now);
  (await cookies()).set(hostCookieName("known"), value, { ...cookieAttributes(), maxAge: knownBrowserLifetime });
}

/** As the browser sent it; empty without one. It differs between browsers that are known at different accounts. */
export async function readKnownBrowserCookie(): Promise<string> {
  return (await cookies()).get(hostCookieName("known"))?.value ?? "";
}
