import "server-only";
import { hostCookieName } from "./cookies";
import { requestCookies } from "./request-cookies";

/**
 * The id of this browser, signed in or not. Sessions, pending authorization requests and CSRF tokens are bound to it.
 * `proxy.ts` gives one to every browser; a request that has none gets a value that matches nothing.
 */
export async function getBrowserId(): Promise<string> {
  return (await requestCookies()).get(hostCookieName("browser"))?.value ?? "";
}
