import { randomAlphanumeric } from "@/lib/oauth/wire/digest";

/** Short enough to be read out on the phone; joins what a person saw to the log line and the audit event. */
export function newReference(): string {
  return randomAlphanumeric(10);
}

/**
 * The path for the log: without the query, without the secret in the path of a set-up link, and no longer than any of
 * ours.
 */
export function describePath(request: Request): string {
  return new URL(request.url).pathname.replace(/^\/setup\/[^/]+/, "/setup/[token]").slice(0, 200);
}
