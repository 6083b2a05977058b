import { isWebOrigin } from "@/lib/oauth/wire/address-host";
import type { HttpRequest } from "../http-request";

const policyHeader = "Content-Security-Policy";

/**
 * Lets pages of one origin frame this answer; null changes nothing: no page may. Only pages without anything to click
 * may be framed (RFC 9700 §4.16), which is the answer to a silent request and nothing else.
 */
export function allowFraming(response: Response, request: HttpRequest, origin: string | null): Response {
  const policy = request.headers.get(policyHeader);
  if (origin === null || policy === null || !isWebOrigin(origin)) return response;
  response.headers.set(
    policyHeader,
    policy.replace("frame-ancestors 'none'", () => `frame-ancestors ${origin}`),
  );
  return response;
}

/**
 * The policy that `proxy.ts` has set for this request, unless the response has its own. The authorization endpoint sets
 * its own, because only its answer decides who may frame it; a header set by `proxy.ts` would be sent too, and browsers
 * obey both.
 */
export function withPagePolicy(response: Response, request: HttpRequest): Response {
  const policy = request.headers.get(policyHeader);
  if (policy === null || response.headers.has(policyHeader)) return response;
  response.headers.set(policyHeader, policy);
  response.headers.set("X-Frame-Options", "DENY");
  return response;
}
