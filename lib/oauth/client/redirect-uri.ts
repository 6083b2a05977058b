import type { ApplicationKind } from "../ports/client-choices";
import { findHostProblem, type HostProblem } from "../wire/address-host";
import type { Finding } from "../wire/finding";
import { isUrl } from "../wire/is-url";
import { isLoopbackHost } from "../wire/loopback";

/**
 * Redirect URIs: what may be registered, and what matches (RFC 9700 §2.1, RFC 8252 §7). Free of Node.js, so that the
 * form in the browser applies the same rules as the server.
 */

const maximumLength = 2000;

/** Schemes that a browser executes or reads files with, or that can't receive a response. */
const refusedSchemes = new Set(
  (
    "javascript livescript mocha vbscript data blob filesystem file about view-source resource res jar wyciwyg mhtml mk its " +
    "chrome chrome-extension chrome-untrusted moz-extension safari-web-extension extension edge brave opera devtools " +
    "intent android-app shell hcp search-ms search ms-msdt ms-officecmd ms-appinstaller ms-settings ms-its " +
    "ws wss ftp ftps sftp ssh telnet smb nfs afp ldap ldaps gopher git rtsp mailto tel sms callto facetime sip sips urn cid mid localhost"
  ).split(" "),
);

export interface RedirectUriPolicy {
  /** The development switch: plain http to other hosts than loopback. */
  allowHttp: boolean;
  /** Schemes without a dot that apps may use; `any`: all that aren't forbidden. Default: none. */
  privateSchemes?: readonly string[] | "any";
}

export type RedirectUriProblem =
  | HostProblem
  | Finding<
      | "redirectUriLong"
      | "encode"
      | "redirectUriFragment"
      | "wildcard"
      | "character"
      | "percent"
      | "redirectUriIncomplete"
      | "schemeCase"
      | "scheme"
      | "redirectUriUser"
      | "several"
      | "noHost"
      | "hostSpelling"
      | "dots"
      | "plainHttp"
      | "undotted"
      | "noPath"
    >;

/** What is wrong with a redirect URI that someone wants to register; null if nothing is. */
export function findRedirectUriProblem(uri: string, policy: RedirectUriPolicy): RedirectUriProblem | null {
  if (uri.length > maximumLength) return { code: "redirectUriLong", values: { maximum: maximumLength } };
  if (!/^[\x21-\x7e]+$/.test(uri)) return { code: "encode" };
  if (uri.includes("#")) return { code: "redirectUriFragment" };
  if (uri.includes("*")) return { code: "wildcard" };
  if (uri.includes("\\") || /["<>^`{|}]/.test(uri)) return { code: "character" };
  if (/%(?![0-9A-Fa-f]{2})/.test(uri)) return { code: "percent" };
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri)?.[1];
  if (!scheme || !isUrl(uri)) return { code: "redirectUriIncomplete" };
  if (scheme !== scheme.toLowerCase()) return { code: "schemeCase" };
  if (refusedSchemes.has(scheme)) return { code: "scheme", values: { scheme } };
  const url = new URL(uri);
  if (url.username !== "" || url.password !== "" || /^[a-z0-9+.-]+:\/\/[^/?]*@/.test(uri)) {
    return { code: "redirectUriUser" };
  }
  if (url.hostname.includes(",") || /,[a-z][a-z0-9+.-]*:\/\//i.test(uri)) {
    return { code: "several" };
  }
  if (scheme !== "http" && scheme !== "https")
    return findPrivateSchemeProblem(uri, scheme, policy) ?? findHostProblem(url);
  if (!uri.startsWith(`${scheme}://`) || url.hostname === "") return { code: "noHost" };
  if (!uri.startsWith(url.origin)) return { code: "hostSpelling", values: { origin: url.origin } };
  if (/(^|\/)(\.|%2e){1,2}(\/|\?|$)/i.test(uri.slice(url.origin.length))) return { code: "dots" };
  const hostProblem = findHostProblem(url);
  if (hostProblem) return hostProblem;
  if (scheme === "http" && !isLoopbackHost(url.hostname) && !policy.allowHttp) {
    return { code: "plainHttp" };
  }
  return null;
}

/**
 * RFC 8252 §7.1: a private-use scheme is a reversed domain name, which the dot indicates. Well-known programs have
 * others anyway, which can't be distinguished from invented ones without a list.
 */
function findPrivateSchemeProblem(
  uri: string,
  scheme: string,
  { privateSchemes = [] }: RedirectUriPolicy,
): Finding<"undotted" | "noPath"> | null {
  const isAllowed = scheme.includes(".") || privateSchemes === "any" || privateSchemes.includes(scheme);
  if (!isAllowed) return { code: "undotted" };
  return uri.length > scheme.length + 1 ? null : { code: "noPath" };
}

/** The private-use scheme of an address if it isn't a reversed domain name; null for every other address. */
export function findUndottedScheme(uri: string): string | null {
  const scheme = /^([a-z][a-z0-9+-]*):/.exec(uri)?.[1] ?? null;
  return scheme === "http" || scheme === "https" ? null : scheme;
}

/** A loopback URI, in the parts `host`, `port` and `rest` (path and query). */
const loopbackUri = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::(\d{1,5}))?((?:[/?].*)?)$/;

/** Whether a response to this address stays on the device, at a port that a program there listens on. */
export function isLoopbackUri(uri: string): boolean {
  return loopbackUri.test(uri);
}

/** Whether the ports that are accepted of this address depend on the kind of the application. */
export function isLocalhostUri(uri: string): boolean {
  return loopbackUri.exec(uri)?.[1] === "localhost";
}

/**
 * RFC 9700 §4.1.3: exact string comparison, with the one exception of RFC 8252 §7.3: the port of a loopback IP literal
 * is the native app's free choice at the time of the request. `localhost` counts as such only for a native app (RFC
 * 9700 §2.1): a web application in development has one port, and the name may resolve to another address.
 */
export function matchesRedirectUri(registered: string, sent: string, kind: ApplicationKind | null): boolean {
  if (registered === sent) return true;
  const left = loopbackUri.exec(registered);
  const right = loopbackUri.exec(sent);
  if (!left || !right || sent.includes("#")) return false;
  if (isLocalhostUri(registered) && kind !== "native") return false;
  return left[1] === right[1] && left[3] === right[3] && Number(right[2] ?? 80) <= 65535;
}

/**
 * Whether the redirect URI proves who gets the code. A loopback port or a private-use scheme can be taken by any
 * program on the device, so a public client there is asked for each time (RFC 8252 §8.6, RFC 6749 §10.2).
 */
export function assuresClientIdentity(redirectUri: string): boolean {
  return redirectUri.startsWith("https://");
}
