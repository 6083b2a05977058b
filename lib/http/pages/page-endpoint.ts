import { readUiLocales } from "@/lib/messages/negotiate-locale";
import { readFormText } from "../forms/read-form";
import type { HttpRequest } from "../http-request";
import type { Handler } from "../machine/protocol-route";
import { oauthErrorResponse } from "../responses";
import { toErrorPage } from "./error-page";

/**
 * The handlers of an endpoint that a browser calls for a user, by GET or with a form: `answer` gets the query or the
 * form as text, and errors become pages. `finish` is applied to every answer.
 */
export function pageEndpoint(
  answer: (request: HttpRequest, sent: string) => Promise<Response>,
  finish: (response: Response, request: HttpRequest) => Response = (response) => response,
): { GET: Handler; POST: Handler } {
  const handle = async (request: HttpRequest, read: () => string | Promise<string>) => {
    // A prefetch must not use up a code (docs/adr/0003) or end a session.
    if (request.headers.has("rsc") || request.headers.get("sec-purpose")?.includes("prefetch")) {
      return oauthErrorResponse(400, "invalid_request", "This address can't be fetched ahead.");
    }
    let sent = "";
    try {
      sent = await read();
      return finish(await answer(request, sent), request);
    } catch (error) {
      return finish(await toErrorPage(error, request, readUiLocales(sent)), request);
    }
  };
  const byQuery: Handler = (request) => handle(request, () => new URL(request.url).search.slice(1));
  const byForm: Handler = (request) => handle(request, () => readFormText(request));
  return { GET: byQuery, POST: byForm };
}
