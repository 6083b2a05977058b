import { type Endpoint, everyMethod, type Method } from "@/lib/oauth/endpoints";
import { methodNotAllowed } from "../responses";
import { finishFor, preflightFor } from "./cors";
import type { Handler } from "./protocol-route";

/** What Next.js calls, by method. */
export type Route = Readonly<Record<Method, Handler>>;

/** An endpoint with the handlers of its methods, HEAD like GET, and a 405 for all others (RFC 9110 §15.5.6). */
export function endpointRoute(endpoint: Endpoint, handlers: Partial<Readonly<Record<Method, Handler>>>): Route {
  const finish = finishFor(endpoint);
  const preflight = preflightFor(endpoint);
  const allowed = [...endpoint.methods, ...(preflight ? ["OPTIONS"] : [])];
  const notAllowed: Handler = async (request) => finish(methodNotAllowed(allowed), request);

  function find(method: Method): Handler | null | undefined {
    if (method === "OPTIONS") return preflight;
    if (!endpoint.methods.includes(method)) return null;
    return handlers[method === "HEAD" ? "GET" : method];
  }
  const route = everyMethod.map((method): [Method, Handler] => [method, find(method) ?? notAllowed]);
  return Object.fromEntries(route) as Record<Method, Handler>;
}
