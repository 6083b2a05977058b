import { toErrorPage } from "@/lib/http/forms/portal-route";
import { readFormText } from "@/lib/http/forms/read-form";
import { answerLogout } from "@/lib/http/pages/logout";
import { methodNotAllowed, oauthErrorResponse } from "@/lib/http/responses";

async function answer(request: Request, readText: () => string | Promise<string>): Promise<Response> {
  // A prefetch must not end a session.
  if (request.headers.has("rsc") || request.headers.get("sec-purpose")?.includes("prefetch")) {
    return oauthErrorResponse(400, "invalid_request", "This address can't be fetched ahead.");
  }
  try {
    return await answerLogout(request, await readText());
  } catch (error) {
    return toErrorPage(error, request);
  }
}

/** OpenID Connect RP-Initiated Logout §2: an application asks to sign a person out, by GET or POST. */
export function GET(request: Request): Promise<Response> {
  return answer(request, () => new URL(request.url).search.slice(1));
}

/** As GET, with nothing ended (RFC 9110 §9.3.2). */
export { GET as HEAD };

export function POST(request: Request): Promise<Response> {
  return answer(request, () => readFormText(request));
}

const notAllowed = methodNotAllowed("GET", "HEAD", "POST");

export { notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE, notAllowed as OPTIONS };
