import { CrossSiteRequestError } from "@/lib/auth/csrf";
import { isDatabaseUnavailable } from "@/lib/database-errors";
import { QueueBusyError } from "@/lib/limits/fair-queue";
import { UnauthenticatedError } from "@/lib/services/errors";
import { foreignFormPage } from "../forms/foreign-form";
import type { HttpRequest } from "../http-request";
import { reportFailure } from "../reference";
import { seeOther } from "../responses";
import { errorPageResponse } from "./html-page";
import { busyPage, describeKnownError } from "./known-errors";

/**
 * Answers with the page that an error deserves; the unexpected ones are logged under a reference. `uiLocales` as in
 * `errorPageResponse`.
 */
export async function toErrorPage(error: unknown, request: HttpRequest, uiLocales?: string | null): Promise<Response> {
  if (error instanceof UnauthenticatedError) return seeOther("/login");
  const isBusy = isDatabaseUnavailable(error) || error instanceof QueueBusyError;
  return errorPageResponse(
    (t, locale) => {
      const isForeign = error instanceof CrossSiteRequestError;
      const known = isForeign ? foreignFormPage(request.headers, t) : describeKnownError(error, locale);
      if (known) return known;
      const { reference, isOutage } = reportFailure(error, request.headers, request);
      if (isOutage) return { ...busyPage(t), explanation: t("busy.database"), reference };
      return {
        status: 500,
        title: t("unexpected.title"),
        explanation: t("unexpected.explanation"),
        advice: t("goBack"),
        reference,
      };
    },
    { uiLocales, isBusy },
  );
}
