import { emptyAnswerHeader } from "@/lib/empty-answer";
import type { ProtocolResponse } from "@/lib/oauth/wire/messages";

/** 303, so that a browser never posts a form's credentials to the next page (RFC 9700 §4.12). */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}

/**
 * The headers of an empty 200 (RFC 7009 §2.2, whose clients ignore the body). Clients that accept only JSON reject an
 * answer without such a type, and those that parse anything that is `application/json` fail on an empty body. The
 * former (simple-oauth2) recognize this type as JSON, and the latter (AppAuth-JS, @badgateway/oauth2-client) don't
 * parse it.
 */
const emptyHeaders = { [emptyAnswerHeader]: "1", "Content-Type": "application/x-json" };

/** The core's answer: an object as JSON, text as its headers say, or an empty body. */
export function protocolResponse({ status, headers, body }: ProtocolResponse): Response {
  const isJson = body !== null && typeof body !== "string";
  return new Response(isJson ? JSON.stringify(body) : body, {
    status,
    headers: {
      ...(isJson ? { "Content-Type": "application/json" } : {}),
      // RFC 9110 §8.6: a 204 has no Content-Length.
      ...(body === null && status !== 204 ? emptyHeaders : {}),
      "X-Content-Type-Options": "nosniff",
      ...headers,
    },
  });
}

/** An OAuth error outside the core: in the form of RFC 6749 §5.2, never cached. */
export function oauthErrorResponse(
  status: number,
  error: string,
  description: string,
  headers: Record<string, string> = {},
): Response {
  return protocolResponse({
    status,
    headers: { "Cache-Control": "no-store", Pragma: "no-cache", ...headers },
    body: { error, error_description: description },
  });
}

/** 405 with the allowed methods (RFC 9110 §15.5.6). */
export function methodNotAllowed(allowed: readonly string[]): Response {
  return oauthErrorResponse(405, "invalid_request", "The method is not allowed.", { Allow: allowed.join(", ") });
}
