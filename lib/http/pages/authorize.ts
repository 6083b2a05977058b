import { getBrowserId } from "@/lib/auth/browser";
import { getCurrentSession } from "@/lib/auth/current-session";
import { isOwnPost } from "@/lib/auth/own-origin";
import { currentTime } from "@/lib/clock";
import { logBounded } from "@/lib/limits/bounded-log";
import { readUiLocales } from "@/lib/messages/negotiate-locale";
import type { AuthorizeOutcome, Browser } from "@/lib/oauth/authorize/authorization-outcome";
import { authorize, cancelAuthorization, resumeAuthorization } from "@/lib/oauth/authorize/authorize";
import { withoutEffects } from "@/lib/oauth/ports/without-effects";
import { type OAuthError, UntrustedRequestError } from "@/lib/oauth/wire/errors";
import { oauthServer } from "@/lib/oauth-server";
import { clientOrigin, clientSource } from "../client-origin";
import type { ErrorTexts } from "../error-texts";
import type { HttpRequest } from "../http-request";
import { newReference } from "../reference";
import { stepPath } from "../request-ids";
import { seeOther } from "../responses";
import { toBrowserState } from "../session/browser-state";
import { describeDiagnosis } from "./diagnosis";
import { formPostResponse, repostResponse } from "./form-post";
import { allowFraming } from "./frame-policy";
import { errorPageResponse } from "./html-page";
import { leaveResponse } from "./leave-page";
import { toOAuthSession } from "./oauth-session";

/** Answers `/o/authorize`: the query of a GET, or the form of a POST (RFC 6749 §3.1). */
export async function answerAuthorize(request: HttpRequest, query: string): Promise<Response> {
  const browser = await identifyBrowser();
  const parameters = new URLSearchParams(query);
  const pending = parameters.get("authorization_request");
  // The stored request is what counts: anything beside its ID was added by someone else.
  if (pending && parameters.size > 1) return refusalPage(addressChanged(), request, readUiLocales(query));
  const server = oauthServer(clientOrigin(request.headers));
  const context = request.method === "HEAD" ? withoutEffects(server) : server;
  const outcome = pending
    ? await resumeAuthorization(context, pending, browser)
    : await authorize(context, query, browser);
  return toResponse(outcome, request, query);
}

/** Answers "Cancel" on the sign-in page of a pending request. */
export async function answerCancellation(request: HttpRequest, requestId: string): Promise<Response> {
  const browser = await identifyBrowser();
  const context = oauthServer({ ...clientOrigin(request.headers), actorId: browser.session?.userId });
  return toResponse(await cancelAuthorization(context, requestId, browser), request, "");
}

function addressChanged(): UntrustedRequestError {
  return new UntrustedRequestError("request_modified", {});
}

function cookieMissing(): UntrustedRequestError {
  return new UntrustedRequestError("cookie_missing", {});
}

async function identifyBrowser(): Promise<Browser> {
  const session = await getCurrentSession();
  const browserState = toBrowserState(session?.id ?? null);
  return { browserId: await getBrowserId(), session: session && toOAuthSession(session), browserState };
}

/** `sent` is the query or form body. */
async function toResponse(outcome: AuthorizeOutcome, request: HttpRequest, sent: string): Promise<Response> {
  const uiLocales = ("uiLocales" in outcome ? outcome.uiLocales : null) ?? readUiLocales(sent);
  switch (outcome.kind) {
    case "redirect":
      logRefusal(outcome.error, request);
      return allowFraming(seeOther(outcome.location), request, outcome.frameOrigin);
    case "form-post":
      logRefusal(outcome.error, request);
      return allowFraming(await formPostResponse(outcome, uiLocales), request, outcome.frameOrigin);
    case "leave":
      logRefusal(outcome.error, request);
      return leaveResponse(outcome, uiLocales);
    case "unknown-browser":
      if (request.method !== "POST" || isOwnPost(request.headers))
        return refusalPage(cookieMissing(), request, uiLocales);
      return allowFraming(await repostResponse("/o/authorize", sent), request, outcome.frameOrigin);
    case "login":
    case "consent":
    case "no-access":
      return seeOther(stepPath(outcome.kind, outcome.requestId, outcome.uiLocales));
    case "error-page":
      return refusalPage(outcome.error, request, uiLocales);
  }
}

function logRefusal(error: OAuthError | null, { headers }: HttpRequest): void {
  if (!error) return;
  const fields = { error: error.error, reason: error.cause ?? error.description };
  logBounded("info", fields, "authorization refused", clientSource(headers));
}

/**
 * The user reads what happened; the log line and the audit event with the same reference say what was sent and
 * registered.
 */
async function refusalPage(
  error: UntrustedRequestError,
  request: HttpRequest,
  uiLocales: string | null,
): Promise<Response> {
  const reference = newReference();
  if (request.method !== "HEAD") await recordRefusal(error, request, reference);
  const describe = (t: ErrorTexts) => ({
    status: error.status,
    title: t("authorization.title"),
    explanation: t(`refusals.${error.reason}`),
    advice: t("authorization.advice"),
    reference,
    headers: { ...error.headers },
  });
  return errorPageResponse(describe, { uiLocales });
}

async function recordRefusal(error: UntrustedRequestError, request: HttpRequest, reference: string): Promise<void> {
  const { applicationId = null } = error.diagnosis;
  const details = { error: error.error, reason: error.reason, ...describeDiagnosis(error.diagnosis) };
  const source = { ...clientSource(request.headers), client: applicationId };
  logBounded("warn", { reference, ...details }, "authorization request refused", source);
  await oauthServer(clientOrigin(request.headers)).stores.audit.record({
    type: "authorization.refused",
    at: currentTime(),
    applicationId,
    reference,
    details,
  });
}
