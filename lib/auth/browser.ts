import "server-only";
import { hostCookieName } from "./cookies";
import { requestCookies } from "./request-cookies";

/**
 * This browser's ID, signed in or not. Sessions, pending authorization requests and CSRF tokens are bound to it.
 * `proxy.ts` gives every browser one; for a request without one the value matches nothing.
 */
export async function getBrowserId(): Promise<string> {
  return (await requestCookies()).get(hostCookieName("browser"))?.value ?? "";
}
