import { currentSettings } from "@/lib/current-settings";
import { isUrl } from "@/lib/oauth/wire/is-url";
import { isLoopbackHost, loopbackHosts } from "@/lib/oauth/wire/loopback";

/** The origins of this server. On a loopback address all of its names are ours: both 127.0.0.1 and localhost answer. */
export function ownOrigins(publicUrl: string): string[] {
  const { origin, protocol, hostname, port } = new URL(publicUrl);
  if (!isLoopbackHost(hostname)) return [origin];
  return loopbackHosts.map((host) => `${protocol}//${host}${port === "" ? "" : `:${port}`}`);
}

/** Whether a POST comes from a page of ours, as far as the browser says. A client that says nothing is no browser. */
export function isOwnOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  return origin === null || ownOrigins(currentSettings().publicUrl).includes(origin);
}

/**
 * Whether a browser says that a page of ours made this POST. Unlike `isOwnOrigin` it takes silence for no: this is for
 * what only such a page may set off.
 */
export function isOwnPost(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? isOwnOrigin(headers) && headers.has("origin") : site === "same-origin";
}

/** No origin of a page is longer: a host has 253 characters at most (RFC 1035 §2.3.4). */
const longestOrigin = 300;

/**
 * The origin of a form that isn't ours although nothing says that another site has sent it: people may be reaching the
 * server at an address that PUBLIC_URL doesn't name. Null if there is no such contradiction.
 */
export function findContradictingOrigin(headers: Headers): string | null {
  const [origin, site] = [headers.get("origin"), headers.get("sec-fetch-site")];
  if (origin === null || origin.length > longestOrigin || (site !== null && site !== "same-origin")) return null;
  const isSerialized = isUrl(origin) && new URL(origin).origin === origin;
  return isSerialized && !ownOrigins(currentSettings().publicUrl).includes(origin) ? origin : null;
}
