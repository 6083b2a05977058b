import "server-only";
import { cookies } from "next/headers";
import { cookieAttributes, hostCookieName } from "@/lib/auth/cookies";
import { type KnownAccount, knownBrowserLifetime, rememberAccount } from "@/lib/auth/known-browser";
import { currentTime } from "@/lib/clock";

/** Remembers this browser for the account that has just signed in. */
export async function keepKnownBrowser(account: KnownAccount): Promise<void> {
  const value = rememberAccount(await readKnownBrowserCookie(), account, currentTime());
  (await cookies()).set(hostCookieName("known"), value, { ...cookieAttributes(), maxAge: knownBrowserLifetime });
}

/** As the browser sent it; empty without one. It differs between browsers that are known to different accounts. */
export async function readKnownBrowserCookie(): Promise<string> {
  return (await cookies()).get(hostCookieName("known"))?.value ?? "";
}
