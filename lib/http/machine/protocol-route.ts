import { toErrorResponse } from "@/lib/oauth/client/client-request";
import { OAuthError } from "@/lib/oauth/wire/errors";
import type { HttpRequest } from "../http-request";
import { reportFailure } from "../reference";
import { oauthErrorResponse, protocolResponse } from "../responses";

export type Handler = (request: HttpRequest) => Response | Promise<Response>;

/** Adds to the answer to an error what depends on the endpoint, such as who may read it. */
export type Finish = (response: Response, request: HttpRequest) => Response | Promise<Response>;

/**
 * Wraps an endpoint that programs call: whatever goes wrong is told in the RFC's terms, an outage of the database as
 * 503 with `Retry-After`, and nothing of the cause but a reference leaves the server.
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
