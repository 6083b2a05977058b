import { isDatabaseUnavailable } from "@/lib/failures";
import { logBounded } from "@/lib/limits/bounded-log";
import { OAuthError } from "@/lib/oauth/wire/errors";
import { clientSource } from "../client-origin";
import { describePath, newReference } from "../reference";
import { oauthErrorResponse } from "../responses";

export type Handler = (request: Request) => Response | Promise<Response>;

/** Adds to the answer to an error what depends on the endpoint, such as who may read it. */
export type Finish = (response: Response, request: Request) => Response | Promise<Response>;

/**
 * Wraps an endpoint that programs call: whatever goes wrong is told in the RFC's terms, an outage of the database as
 * 503 with `Retry-After`, and nothing of the cause but a reference leaves the server.
 */
export function protocolRoute(
  handler: Handler,
  finish: Finish = (response) => response,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      return finish(toErrorResponse(error, request), request);
    }
  };
}

function toErrorResponse(error: unknown, request: Request): Response {
  if (error instanceof OAuthError) {
    return oauthErrorResponse(error.status, error.error, error.description, error.headers);
  }
  const reference = newReference();
  const path = describePath(request);
  if (isDatabaseUnavailable(error)) {
    logBounded("error", { reference, path, err: error }, "database unavailable", clientSource(request.headers));
    const description = "The server can not answer at the moment.";
    return oauthErrorResponse(503, "temporarily_unavailable", description, { "Retry-After": "5" });
  }
  logBounded("error", { reference, path, err: error }, "request failed", clientSource(request.headers));
  return oauthErrorResponse(500, "server_error", `Something went wrong. Reference ${reference}`);
}
