import type { IncomingMessage } from "node:http";

/** Carries the client's address to the application. What a client sends under this name is replaced. */
export const REMOTE_ADDRESS_HEADER = "x-latchkey-remote-address";

/** x-middleware-subrequest once let a client skip Next.js's middleware (CVE-2025-29927). */
const DECEIVING_HEADERS = new Set(["forwarded", "x-real-ip", "x-middleware-subrequest"]);

/** The client's address is all that a trusted proxy may say; host and scheme are configuration (PUBLIC_URL). */
export function cleanHeaders({ headers, method }: IncomingMessage, clientAddress: string): void {
  for (const name of Object.keys(headers)) {
    if (name.startsWith("x-forwarded-") || DECEIVING_HEADERS.has(name)) delete headers[name];
  }
  // Next.js answers a POST that asks for a page's payload by 307, which would post credentials again (RFC 9700 §4.12).
  if (method !== "GET" && method !== "HEAD") delete headers.rsc;
  headers[REMOTE_ADDRESS_HEADER] = clientAddress;
}
