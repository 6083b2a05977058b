import "server-only";
import { cookies } from "next/headers";
import { browserCookieName } from "./browser-cookie";

/**
 * The id of this browser, signed in or not. Pending authorization requests and CSRF tokens are bound to it. `proxy.ts`
 * gives one to every browser; a request that has none gets a value that matches nothing.
 */
export async function getBrowserId(): Promise<string> {
  return (await cookies()).get(browserCookieName())?.value ?? "";
}
