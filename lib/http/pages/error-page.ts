import { CrossSiteRequestError } from "@/lib/auth/csrf";
import { UnauthenticatedError } from "@/lib/services/errors";
import { foreignFormPage } from "../forms/foreign-form";
import type { HttpRequest } from "../http-request";
import { reportFailure } from "../reference";
import { seeOther } from "../responses";
import { errorPageResponse } from "./html-page";
import { busy, describeKnownError } from "./known-errors";

/** Answers with the page that an error deserves; the unexpected ones are logged under a reference. */
export async function toErrorPage(error: unknown, request: HttpRequest): Promise<Response> {
  if (error instanceof UnauthenticatedError) return seeOther("/login");
  const isForeign = error instanceof CrossSiteRequestError;
  const known = isForeign ? foreignFormPage(request.headers) : describeKnownError(error);
  if (known) return errorPageResponse(known);
  const { reference, isOutage } = reportFailure(error, request.headers, request);
  return errorPageResponse(
    isOutage
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
