import { emptyAnswerHeader } from "@/lib/empty-answer";
import type { ProtocolResponse } from "@/lib/oauth/wire/messages";

/** 303, so that a browser never posts a form's credentials on to the next page (RFC 9700 §4.12). */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}

/**
 * The headers of an empty 200 (RFC 7009 §2.2, whose clients ignore the body). Clients that take only JSON refuse an
 * answer without such a type, and those that parse whatever is `application/json` fail at a body that is empty: this
 * type passes for JSON with the former (simple-oauth2) and isn't parsed by the latter
 * (AppAuth-JS, @badgateway/oauth2-client).
 */
const emptyHeaders = { [emptyAnswerHeader]: "1", "Content-Type": "application/x-json" };

/** What the core answered: an object as JSON, text as its headers say, or an empty body. */
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

/** An OAuth error outside the core: RFC 6749 §5.2 form, never cached. */
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

/** 405 with the methods that would do (RFC 9110 §15.5.6). */
export function methodNotAllowed(allowed: readonly string[]): Response {
  return oauthErrorResponse(405, "invalid_request", "The method is not allowed.", { Allow: allowed.join(", ") });
}
