import type { IncomingMessage } from "node:http";
import { refusalKey, refusedClients } from "@/lib/refused-clients";
import { replay } from "./multipart";
import { readBody } from "./read-body";
import { isEndpoint } from "./request-faults";

/** No form with credentials that were refused before needs more; a longer one is left to the application. */
const longestForm = 16 * 1024;

export interface Examined {
  /** Seconds for which the client credentials are refused; 0 if nothing is known against them. */
  wait: number;
  /** What to hand on: the request itself, or the same with the form that was read. */
  request: IncomingMessage;
}

/**
 * Whether client credentials were refused a moment ago, without Next.js and the database. A form is read only if something
 * is remembered of its network.
 */
export async function examine(request: IncomingMessage, network: string): Promise<Examined> {
  const refusals = refusedClients();
  const [path = ""] = (request.url ?? "").split("?");
  const passed = { wait: 0, request };
  if (request.method !== "POST" || !refusals.hasFrom(network) || !isEndpoint(path)) return passed;
  const { authorization = null } = request.headers;
  if (authorization === null && !isShortForm(request)) return passed;
  const form = authorization === null ? await readBody(request) : Buffer.alloc(0);
  if (form === null) return passed;
  const key = refusalKey({ network, path, authorization, body: form.toString("utf8") });
  const wait = key === null ? 0 : refusals.wait(key);
  return { wait, request: authorization === null ? replay(request, form) : request };
}

/** Of which it is said beforehand how long it is. */
function isShortForm({ headers }: IncomingMessage): boolean {
  const length = Number(headers["content-length"]);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? "");
  return isForm && length > 0 && length <= longestForm;
}
