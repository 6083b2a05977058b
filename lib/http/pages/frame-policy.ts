import { isWebOrigin } from "@/lib/oauth/wire/address-host";
import type { HttpRequest } from "../http-request";

const policyHeader = "Content-Security-Policy";

/**
 * Lets pages of one origin have this answer in a frame; null changes nothing: no page may. Only what nobody is meant to
 * click may be framed (RFC 9700 §4.16), which is the answer to a silent request and nothing else.
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
 * The policy that `proxy.ts` has made for this request, unless the response brings its own. The authorization endpoint
 * states it itself, as only its answer tells who may frame it; a header that `proxy.ts` had set would stay beside it,
 * and browsers obey both.
 */
export function withPagePolicy(response: Response, request: HttpRequest): Response {
  const policy = request.headers.get(policyHeader);
  if (policy === null || response.headers.has(policyHeader)) return response;
  response.headers.set(policyHeader, policy);
  response.headers.set("X-Frame-Options", "DENY");
  return response;
}
