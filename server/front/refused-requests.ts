import type { IncomingMessage } from "node:http";
import { refusalKey, refusedClients } from "@/lib/limits/refused-clients";
import type { Arrived } from "./incoming-bodies";
import { isEndpoint } from "./request-faults";

/** A form with credentials that were refused before isn't longer than this; a longer one is left to the application. */
export const longestForm = 16 * 1024;

/**
 * Seconds for which a request's client credentials are refused because they were a moment ago; 0 if nothing is
 * remembered. Works without Next.js and the database, and parses a form only if something is remembered for its
 * network.
 */
export function findRefusal({ request, body }: Arrived, network: string): number {
  const refusals = refusedClients();
  const [path = ""] = (request.url ?? "").split("?");
  if (request.method !== "POST" || !refusals.hasFrom(network) || !isEndpoint(path)) return 0;
  const { authorization = null } = request.headers;
  if (authorization === null && (!isUrlEncoded(request) || body === null || body.length > longestForm)) return 0;
  const form = authorization === null ? (body?.toString("utf8") ?? "") : "";
  const key = refusalKey({ network, path, authorization, body: form });
  return key === null ? 0 : refusals.wait(network, key);
}

export function isUrlEncoded({ headers }: IncomingMessage): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? "");
}
