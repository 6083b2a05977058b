import type { IncomingMessage } from "node:http";
import { ownOrigins } from "@/lib/auth/own-origin";
import { isUrl } from "@/lib/oauth/wire/is-url";
import type { Fault } from "./request-faults";

/**
 * Turns a target in absolute form, which every server has to accept (RFC 9112 §3.2.2), into the origin form that the
 * application expects. Its authority replaces the Host header. A target for another server is misdirected (RFC 9110
 * §15.5.20): this is not a proxy.
 */
export function toOriginForm(request: IncomingMessage, publicUrl: string): Fault | null {
  const { url = "", method } = request;
  const [, scheme, authority = "", rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)$/i.exec(url) ?? [];
  if (scheme === undefined) return null;
  const host = readHost(scheme, authority);
  // RFC 9110 §4.2.4: a user name in it is an attempt to deceive.
  if (host === null) return { status: 400, description: "The request target is malformed." };
  if (!/^https?$/i.test(scheme) || !ownHosts(request, publicUrl).has(host)) {
    return { status: 421, description: "The request target is not on this server." };
  }
  request.headers.host = host;
  // RFC 9112 §3.2.4: without a path OPTIONS means the server as a whole.
  if (rest === "" && method === "OPTIONS") request.url = "*";
  else request.url = rest.startsWith("/") ? rest : `/${rest}`;
  return null;
}

/**
 * Writes the path of a target in origin form in its normal spelling (RFC 3986 §6.2.2), as the routes of Next.js see it:
 * every table of the front compares paths as text, and none of them may be passed by spelling one differently.
 */
export function normalizeTarget(request: IncomingMessage): void {
  const { url = "" } = request;
  if (!url.startsWith("/")) return;
  const [path = "", ...query] = url.split("?");
  // Decoding may make dot segments, and a new percent-encoding only out of an encoded percent sign, which is reserved.
  const normal = removeDotSegments(path.replace(/%[0-9a-f]{2}/gi, decodeUnreserved));
  if (normal !== path) request.url = [normal, ...query].join("?");
}

function decodeUnreserved(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return /[A-Za-z0-9._~-]/.test(character) ? character : encoded.toUpperCase();
}

/** RFC 3986 §5.2.4. */
function removeDotSegments(path: string): string {
  if (!/\/\.{1,2}(?:\/|$)/.test(path)) return path;
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment !== "." && segment !== "..") kept.push(segment);
    else if (isLast) kept.push("");
  }
  return `/${kept.join("/")}`;
}

/** The host in its normal form, without the scheme's default port; null if it is invalid. */
function readHost(scheme: string, authority: string): string | null {
  const address = `${/^https?$/i.test(scheme) ? scheme : "http"}://${authority}`;
  if (authority === "" || authority.includes("@") || !isUrl(address)) return null;
  return new URL(address).host;
}

/** PUBLIC_URL's, and the socket's: clients that connect without the proxy may use that name. */
function ownHosts({ socket }: IncomingMessage, publicUrl: string): Set<string> {
  const { localAddress = "", localPort } = socket;
  const address = localAddress.replace(/^::ffff:(?=\d)/, "");
  const local = `http://${address.includes(":") ? `[${address}]` : address}:${localPort}`;
  const own = [...ownOrigins(publicUrl), ...(isUrl(local) ? ownOrigins(local) : [])];
  return new Set(own.map((origin) => new URL(origin).host));
}
