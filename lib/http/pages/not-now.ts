import { TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { QueueBusyError } from "@/lib/limits/fair-queue";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { errorPageResponse } from "./html-page";
import { describeKnownError } from "./known-errors";
import type { ErrorPage } from "./render-page";

/**
 * Answers a form that was turned away for now: too many others are signing in (503), too many attempts have failed, or
 * the step was taken too often (429). Only an error page can have the status, so it leads back to the form, for which
 * `keep` has stored the typed values. Rethrows any other error.
 */
export async function notNowResponse(
  error: unknown,
  keep: () => Promise<NonNullable<ErrorPage["link"]>>,
): Promise<Response> {
  const isNotNow = [QueueBusyError, TooManyAttemptsError, TooManyRequestsError].some((kind) => error instanceof kind);
  if (!isNotNow) throw error;
  const link = await keep();
  return errorPageResponse(
    (_t, locale) => {
      const page = describeKnownError(error, locale);
      if (!page) throw error;
      return { ...page, link };
    },
    { isBusy: error instanceof QueueBusyError },
  );
}
