import { findHostProblem } from "@/lib/oauth/wire/address-host";
import { isUrl } from "@/lib/oauth/wire/is-url";
import { isLoopbackHost } from "@/lib/oauth/wire/loopback";

/**
 * What is wrong with an origin whose scripts may read answers, as a sentence; null if nothing is. Browsers send an
 * origin in one spelling (RFC 6454 §6.2), which is compared character by character.
 */
export function findOriginProblem(origin: string): string | null {
  if (origin.length > 300 || !isUrl(origin)) return "Enter a complete origin, such as https://app.example.com.";
  const url = new URL(origin);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "An origin begins with https://.";
  if (`${url.origin}/` === origin) return `Leave out the slash at the end: ${url.origin}`;
  if (url.origin !== origin) return `An origin is scheme, host and port, and nothing else: ${url.origin}`;
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
    return "Plain http is only allowed for 127.0.0.1, [::1] and localhost: use https.";
  }
  if (url.hostname.includes("*")) return "Wildcards (*) are not allowed: list each origin in full.";
  return findHostProblem(url);
}
