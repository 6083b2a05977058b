import { isDatabaseUnavailable } from "@/lib/database-errors";
import { logBounded } from "@/lib/limits/bounded-log";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { clientSource } from "./client-origin";
import type { HttpRequest } from "./http-request";

/** Short enough to be read out on the phone; connects what a user saw with the log line and the audit event. */
export function newReference(): string {
  return randomAlphanumeric(10);
}

/**
 * The path for the log: without the query, without the secret in the path of a one-time link, and no longer than any
 * of ours.
 */
export function describePath(request: HttpRequest): string {
  return new URL(request.url).pathname
    .replace(/^\/(setup|invitation|reset-password)\/[^/]+/, "/$1/[token]")
    .slice(0, 200);
}

/** Logs an unexpected error, or an outage, with a reference that the answer can show. */
export function reportFailure(
  error: unknown,
  headers: Headers,
  request?: HttpRequest,
): { reference: string; isOutage: boolean } {
  const reference = newReference();
  const isOutage = isDatabaseUnavailable(error);
  const fields = { reference, ...(request ? { path: describePath(request) } : {}), err: error };
  logBounded("error", fields, isOutage ? "database unavailable" : "request failed", clientSource(headers));
  return { reference, isOutage };
}
