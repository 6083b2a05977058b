import { toErrorPage } from "@/lib/http/forms/portal-route";
import { readFormText } from "@/lib/http/forms/read-form";
import { answerAuthorize } from "@/lib/http/pages/authorize";
import { withPagePolicy } from "@/lib/http/pages/silent-frame";
import { methodNotAllowed, oauthErrorResponse } from "@/lib/http/responses";

async function answer(request: Request, readQuery: () => string | Promise<string>): Promise<Response> {
  // A prefetch must not use up a code (docs/adr/0003).
  if (request.headers.has("rsc") || request.headers.get("sec-purpose")?.includes("prefetch")) {
    return oauthErrorResponse(400, "invalid_request", "This address can't be fetched ahead.");
  }
  try {
    return withPagePolicy(await answerAuthorize(request, await readQuery()), request);
  } catch (error) {
    return withPagePolicy(await toErrorPage(error, request), request);
  }
}

/** RFC 6749 §3.1: the dispatcher. It decides between error page, error redirect, login, consent and code. */
export function GET(request: Request): Promise<Response> {
  return answer(request, () => new URL(request.url).search.slice(1));
}

/** As GET, with nothing stored or used up (RFC 9110 §9.3.2). */
export { GET as HEAD };

export function POST(request: Request): Promise<Response> {
  return answer(request, () => readFormText(request));
}

const notAllowed = methodNotAllowed("GET", "HEAD", "POST");

export { notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE, notAllowed as OPTIONS };
