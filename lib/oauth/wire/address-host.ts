import type { Finding } from "./finding";
import { isUrl } from "./is-url";

/**
 * Hosts of stored addresses, and their origins in headers. The URL standard allows `;`, `'`, `,` and more in a host,
 * and each of them ends something in a header: a directive of a Content-Security-Policy, a quoted string, an entry of a
 * list. Free of Node.js, so that forms in the browser check with the rules of the server.
 */

/** RFC 1123 §2.1 with the lengths of RFC 1035 §2.3.4: what a browser's policy accepts as a host too (CSP3 §2.3.1). */
const dnsName = /^(?=.{1,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/;

/** As the URL parser writes it. */
const ipv6Literal = /^\[[0-9a-f:.]+\]$/;

/** What follows the slashes of an app's own scheme is no host of the DNS, but a name that the app has chosen. */
const appAuthority = /^[A-Za-z0-9._-]*$/;

/** `authority`: what follows an app's own scheme. */
export type HostProblem = Finding<"host" | "authority">;

/** What is wrong with the host of a parsed address; null if nothing is. Outside ASCII it is in punycode. */
export function findHostProblem({ protocol, hostname }: Pick<URL, "protocol" | "hostname">): HostProblem | null {
  if (ipv6Literal.test(hostname)) return null;
  if (protocol !== "http:" && protocol !== "https:") {
    return appAuthority.test(hostname) ? null : { code: "authority" };
  }
  return dnsName.test(hostname) ? null : { code: "host" };
}

/** Whether an address that was stored before hosts were checked may be used. */
export function hasValidHost(address: string): boolean {
  return isUrl(address) && findHostProblem(new URL(address)) === null;
}

/** The origin of a web address, safe in any header; null for every other address. */
export function toWebOrigin(address: string): string | null {
  if (!/^https?:\/\//.test(address) || !hasValidHost(address)) return null;
  return new URL(address).origin;
}

/** Whether a header may carry this text as an origin. */
export function isWebOrigin(text: string): boolean {
  return toWebOrigin(text) === text;
}
