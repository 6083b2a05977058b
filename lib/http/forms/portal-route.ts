import { assertOwnForm, CrossSiteRequestError } from "@/lib/auth/csrf";
import { TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { describeWait } from "@/lib/describe-wait";
import { isDatabaseUnavailable } from "@/lib/failures";
import { logBounded } from "@/lib/limits/bounded-log";
import { AbandonedError, QueueBusyError } from "@/lib/limits/fair-queue";
import { OAuthError, UntrustedRequestError } from "@/lib/oauth/wire/errors";
import { Parameters } from "@/lib/oauth/wire/parameters";
import { ForbiddenError, NotFoundError, ServiceError, UnauthenticatedError } from "@/lib/services/errors";
import { clientSource } from "../client-origin";
import { type ErrorPage, errorPageResponse } from "../pages/html-page";
import { describePath, newReference } from "../reference";
import { seeOther } from "../responses";
import { foreignFormPage } from "./foreign-form";
import { readFormText } from "./read-form";

/**
 * Wraps the POST of one of our own forms: reads it, refuses it unless a page of ours in this browser sent it, and turns
 * errors into pages. `Context` is what Next.js hands a route beside the request.
 */
export function portalPost<Context>(
  handler: (form: Parameters, request: Request, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    try {
      const form = Parameters.parse(await readFormText(request));
      form.refuseRepeated();
      await assertOwnForm(request.headers, form.get("csrf"));
      return await handler(form, request, context);
    } catch (error) {
      return toErrorPage(error, request);
    }
  };
}

/** Answers with the page that an error deserves; the unexpected ones are logged under a reference. */
export async function toErrorPage(error: unknown, request: Request): Promise<Response> {
  if (error instanceof UnauthenticatedError) return seeOther("/login");
  const isForeign = error instanceof CrossSiteRequestError;
  const known = isForeign ? foreignFormPage(request.headers) : describeKnownError(error);
  if (known) return errorPageResponse(known);
  const reference = newReference();
  const unavailable = isDatabaseUnavailable(error);
  const fields = { reference, path: describePath(request), err: error };
  logBounded("error", fields, "request failed", clientSource(request.headers));
  return errorPageResponse(
    unavailable
      ? { ...busy, explanation: "The server can't reach its database at the moment.", reference }
      : {
          status: 500,
          title: "Something went wrong",
          explanation: "The server couldn't complete the request.",
          advice: "Go back and try again.",
          reference,
        },
  );
}

const busy = {
  status: 503,
  title: "Try again in a moment",
  advice: "Wait a few seconds, then go back and try again.",
  headers: { "Retry-After": "5" },
};

/** The page for an error that can be expected; null for any other. */
export function describeKnownError(error: unknown): ErrorPage | null {
  const advice = "Go back and try again.";
  if (error instanceof TooManyAttemptsError) {
    return {
      status: 429,
      title: "Too many attempts",
      explanation: "Sign-in is paused for this account or network after too many failed attempts.",
      advice: `Try again in ${describeWait(error.retryAfter)}.`,
      headers: { "Retry-After": String(error.retryAfter) },
    };
  }
  if (error instanceof QueueBusyError) {
    const headers = { "Retry-After": String(error.retryAfter) };
    return { ...busy, explanation: "Too many people are signing in right now.", headers };
  }
  // Nobody reads this: the browser has gone.
  if (error instanceof AbandonedError) {
    return { status: 400, title: "Request cancelled", explanation: "The request was cancelled.", advice };
  }
  if (error instanceof UntrustedRequestError) {
    return {
      status: error.status,
      title: "We couldn't complete this request",
      explanation: error.explanation,
      advice: "Go back to the application and start again.",
    };
  }
  if (error instanceof NotFoundError) return { status: 404, title: "Not found", explanation: error.message, advice };
  if (error instanceof ForbiddenError) return { status: 403, title: "Not allowed", explanation: error.message, advice };
  if (error instanceof ServiceError)
    return { status: 400, title: "We couldn't complete this request", explanation: error.message, advice };
  if (error instanceof OAuthError) {
    return { status: error.status, title: "We couldn't read this request", explanation: error.description, advice };
  }
  return null;
}
