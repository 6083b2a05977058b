import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Fault } from "./request-faults";
import { scriptHeaders } from "./script-headers";

/** A year, the minimum for hstspreload.org. */
const strictTransportSecurity = "max-age=31536000";

/** Headers of every answer of this server, whoever sends it (RFC 6797 §6.1, Fetch §3.6). */
export function answerHeaders({ https }: { https: boolean }): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    ...(https ? { "Strict-Transport-Security": strictTransportSecurity } : {}),
  };
}

/** An error in OAuth's terms (RFC 6749 §5.2), which most callers of this server understand. */
export interface Refusal extends Fault {
  error: string;
}

export const badRequest = (description: string): Refusal => ({ status: 400, error: "invalid_request", description });

export const busy = (retryAfter: number): Refusal => ({
  status: 503,
  error: "temporarily_unavailable",
  description: "The server is busy. Try again in a moment.",
  headers: { "Retry-After": String(retryAfter) },
});

/** The answer that is remembered (`TooManyFailuresError`). */
export function tooManyRequests(retryAfter: number): Refusal {
  return {
    status: 429,
    error: "invalid_request",
    description: "Too many requests. Try again later.",
    headers: { Pragma: "no-cache", "Retry-After": String(retryAfter) },
  };
}

export function describeClientError(code: string | undefined): Refusal {
  if (code === "HPE_HEADER_OVERFLOW") return { ...badRequest("The request headers are too large."), status: 431 };
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return { ...badRequest("The request took too long to arrive."), status: 408 };
  return badRequest("The request is not valid HTTP.");
}

export function respond(response: ServerResponse, { status, error, description, headers }: Refusal): void {
  const type = { "Content-Type": "application/json", "Cache-Control": "no-store" };
  response.writeHead(status, { ...headers, ...scriptHeaders(response.req), ...type });
  response.end(toBody(error, description));
}

/** Answers on a connection that has no request object yet, and closes it. */
export function refuse(socket: Duplex, refusal: Refusal, always: Readonly<Record<string, string>>): void {
  const body = toBody(refusal.error, refusal.description);
  const headers = {
    ...always,
    ...refusal.headers,
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`, ...lines, "", body].join("\r\n"));
}

function toBody(error: string, description: string): string {
  return JSON.stringify({ error, error_description: description });
}
