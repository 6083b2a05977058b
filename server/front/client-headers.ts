import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { ownOrigins } from "@/lib/auth/own-origin";

/** Passes the client's address to the application. A header of this name from a client is replaced. */
export const remoteAddressHeader = "x-latchkey-remote-address";

/** x-middleware-subrequest once let a client skip Next.js's middleware (CVE-2025-29927). */
const deceivingHeaders = new Set(["forwarded", "x-real-ip", "x-middleware-subrequest"]);

/** A trusted proxy may only set the client's address; host and scheme are configuration (PUBLIC_URL). */
export function cleanHeaders({ headers, method }: IncomingMessage, clientAddress: string, publicUrl: string): void {
  for (const name of Object.keys(headers)) {
    if (name.startsWith("x-forwarded-") || deceivingHeaders.has(name)) delete headers[name];
  }
  // Next.js answers a POST for a page's payload with 307, which would post credentials again (RFC 9700 §4.12).
  if (method !== "GET" && method !== "HEAD") delete headers.rsc;
  headers[remoteAddressHeader] = clientAddress;
  headers.host = findPublicHost(headers, publicUrl);
}

/**
 * The host that the application sees. Next.js compares it with the origin of a form, and a proxy may have replaced it
 * with the server's own address or another port. On loopback all loopback names are ours, and the browser says which
 * one it uses.
 */
function findPublicHost({ host, origin }: IncomingHttpHeaders, publicUrl: string): string {
  const own = ownOrigins(publicUrl);
  if (origin !== undefined && own.includes(origin)) return new URL(origin).host;
  const hosts = own.map((url) => new URL(url).host);
  return hosts.find((known) => known === host) ?? new URL(publicUrl).host;
}
