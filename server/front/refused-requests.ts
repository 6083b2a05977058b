import type { IncomingMessage } from "node:http";
import { refusalKey, refusedClients } from "@/lib/refused-clients";
import { peekBody } from "./peek-body";
import { isEndpoint } from "./request-faults";

/** No form with credentials that were refused before needs more; a longer one is left to the application. */
const longestForm = 16 * 1024;

/**
 * Seconds for which the client credentials of a request are refused, without Next.js and the database; 0 if nothing is
 * known against them. A form is read only if something is remembered of its network.
 */
export async function findRefusal(request: IncomingMessage, network: string): Promise<number> {
  const refusals = refusedClients();
  const [path = ""] = (request.url ?? "").split("?");
  if (request.method !== "POST" || !refusals.hasFrom(network) || !isEndpoint(path)) return 0;
  const { authorization = null } = request.headers;
  const body = authorization === null ? await readForm(request) : "";
  const key = body === null ? null : refusalKey({ network, path, authorization, body });
  return key === null ? 0 : refusals.wait(key);
}

/** A short form, of which it is said beforehand how long it is; null for any other. */
async function readForm(request: IncomingMessage): Promise<string | null> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? "")) return null;
  const length = Number(request.headers["content-length"]);
  if (!(length > 0 && length <= longestForm)) return null;
  return (await peekBody(request, length))?.toString("utf8") ?? null;
}
