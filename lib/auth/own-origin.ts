import { currentSettings } from "@/lib/current-settings";
import { isUrl } from "@/lib/oauth/wire/is-url";
import { isLoopbackHost, loopbackHosts } from "@/lib/oauth/wire/loopback";

/**
 * The origins of this server. If it listens on loopback, all loopback names are ours: 127.0.0.1 and localhost both
 * answer.
 */
export function ownOrigins(publicUrl: string): string[] {
  const { origin, protocol, hostname, port } = new URL(publicUrl);
  if (!isLoopbackHost(hostname)) return [origin];
  return loopbackHosts.map((host) => `${protocol}//${host}${port === "" ? "" : `:${port}`}`);
}

/**
 * Whether a POST comes from one of our pages, judging by what the browser reports. A client that reports nothing is not
 * a browser.
 */
export function isOwnOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  return origin === null || ownOrigins(currentSettings().publicUrl).includes(origin);
}

/**
 * Whether a browser confirms that one of our pages made this POST. Unlike `isOwnOrigin` it takes silence as no: this is
 * for actions that only our own pages may trigger.
 */
export function isOwnPost(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? isOwnOrigin(headers) && headers.has("origin") : site === "same-origin";
}

/** No origin is longer than this: a host has at most 253 characters (RFC 1035 §2.3.4). */
const longestOrigin = 300;

/**
 * A form's origin that isn't ours although nothing indicates that another site sent it: users may reach the server at
 * an address other than PUBLIC_URL. Null if there is no such contradiction.
 */
export function findContradictingOrigin(headers: Headers): string | null {
  const [origin, site] = [headers.get("origin"), headers.get("sec-fetch-site")];
  if (origin === null || origin.length > longestOrigin || (site !== null && site !== "same-origin")) return null;
  const isSerialized = isUrl(origin) && new URL(origin).origin === origin;
  return isSerialized && !ownOrigins(currentSettings().publicUrl).includes(origin) ? origin : null;
}
