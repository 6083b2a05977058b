import "server-only";
import { cookies } from "next/headers";
import { browserCookieAttributes, hostCookieName } from "./cookies";

/**
 * The id of this browser, signed in or not. Sessions, pending authorization requests and CSRF tokens are bound to it.
 * `proxy.ts` gives one to every browser; a request that has none gets a value that matches nothing.
 */
export async function getBrowserId(): Promise<string> {
  return (await cookies()).get(hostCookieName("browser"))?.value ?? "";
}

/** Sets the id again, so that it outlives the session that has just begun. */
export async function extendBrowserId(): Promise<void> {
  const browserId = await getBrowserId();
  if (browserId !== "") (await cookies()).set(hostCookieName("browser"), browserId, browserCookieAttributes());
}
