import { toErrorResponse } from "@/lib/oauth/client/client-request";
import { OAuthError } from "@/lib/oauth/wire/errors";
import type { HttpRequest } from "../http-request";
import { reportFailure } from "../reference";
import { oauthErrorResponse, protocolResponse } from "../responses";

export type Handler = (request: HttpRequest) => Response | Promise<Response>;

/** Adds what depends on the endpoint to an error response, such as who may read it. */
export type Finish = (response: Response, request: HttpRequest) => Response | Promise<Response>;

/**
 * Wraps an endpoint that programs call: every error is reported in the RFC's terms, a database outage as 503 with
 * `Retry-After`, and of the cause only a reference leaves the server.
 */
export function protocolRoute<Asked extends HttpRequest = HttpRequest>(
  handler: (request: Asked) => Response | Promise<Response>,
  finish: Finish = (response) => response,
): (request: Asked) => Promise<Response> {
  return async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      return finish(answerError(error, request), request);
    }
  };
}

function answerError(error: unknown, request: HttpRequest): Response {
  if (error instanceof OAuthError) return protocolResponse(toErrorResponse(error));
  const { reference, isOutage } = reportFailure(error, request.headers, request);
  return isOutage
    ? oauthErrorResponse(503, "temporarily_unavailable", "The server can not answer at the moment.", {
        "Retry-After": "5",
      })
    : oauthErrorResponse(500, "server_error", `Something went wrong. Reference ${reference}`);
}
