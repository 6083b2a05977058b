import { getBrowserId } from "@/lib/auth/browser";
import { toBrowserState } from "@/lib/auth/browser-state";
import { getCurrentSession } from "@/lib/auth/current-session";
import { logBounded } from "@/lib/bounded-log";
import { type AuthorizeOutcome, authorize, type Browser, resumeAuthorization } from "@/lib/oauth/authorize";
import { type OAuthError, UntrustedRequestError } from "@/lib/oauth/errors";
import { oauthServer } from "@/lib/oauth-server";
import { clientOrigin, clientSource } from "./client-origin";
import { describeDiagnosis } from "./diagnosis";
import { formPostResponse } from "./form-post";
import { errorPageResponse } from "./html-page";
import { toOAuthSession } from "./oauth-session";
import { newReference } from "./reference";
import { seeOther } from "./responses";
import { letFrame } from "./silent-frame";

/** Answers `/o/authorize`: the query of a GET, or the form of a POST (RFC 6749 §3.1). */
export async function answerAuthorize(request: Request, query: string): Promise<Response> {
  const browser = await identifyBrowser();
  const parameters = new URLSearchParams(query);
  const pending = parameters.get("authorization_request");
  // The stored request is what counts: anything beside its id was added by somebody else.
  if (pending && parameters.size > 1) return explain(addressChanged(), request);
  const context = oauthServer(clientOrigin(request.headers));
  const outcome = pending
    ? await resumeAuthorization(context, pending, browser)
    : await authorize(context, query, browser);
  return toResponse(outcome, request, parameters);
}

function addressChanged(): UntrustedRequestError {
  return new UntrustedRequestError("The address of this sign-in was changed on the way.", {});
}

function cookieMissing(): UntrustedRequestError {
  return new UntrustedRequestError("Your browser did not send a cookie that this sign-in needs.", {});
}

async function identifyBrowser(): Promise<Browser> {
  const session = await getCurrentSession();
  const browserState = toBrowserState(session?.id ?? null);
  return { browserId: await getBrowserId(), session: session && toOAuthSession(session), browserState };
}

async function toResponse(outcome: AuthorizeOutcome, request: Request, sent: URLSearchParams): Promise<Response> {
  switch (outcome.kind) {
    case "redirect":
      logRefusal(outcome.error, request);
      return letFrame(seeOther(outcome.location), request, outcome.frameOrigin);
    case "form-post":
      logRefusal(outcome.error, request);
      return letFrame(await formPostResponse(outcome), request, outcome.frameOrigin);
    case "unknown-browser":
      // A cross-site POST carries no Lax cookie. Asked again by GET, the browser has one.
      return request.method === "POST" ? seeOther(`/o/authorize?${sent}`) : explain(cookieMissing(), request);
    case "login":
      return seeOther(`/login?authorization_request=${outcome.requestId}`);
    case "consent":
      return seeOther(`/consent?authorization_request=${outcome.requestId}`);
    case "error-page":
      return explain(outcome.error, request);
  }
}

function logRefusal(error: OAuthError | null, { headers }: Request): void {
  if (!error) return;
  logBounded("info", { error: error.error, reason: error.description }, "authorization refused", clientSource(headers));
}

/** The person reads what happened; the log line and the audit event with the same reference say what was sent and registered. */
async function explain(error: UntrustedRequestError, request: Request): Promise<Response> {
  const reference = newReference();
  const { applicationId = null } = error.diagnosis;
  const details = { error: error.error, reason: error.explanation, ...describeDiagnosis(error.diagnosis) };
  const source = { ...clientSource(request.headers), client: applicationId };
  logBounded("warn", { reference, ...details }, "authorization request refused", source);
  await oauthServer(clientOrigin(request.headers)).stores.audit.record({
    type: "authorization.refused",
    at: new Date(),
    applicationId,
    reference,
    details,
  });
  const advice =
    "Go back to the application and try again. If it happens again, tell the people who run the application.";
  return errorPageResponse({
    status: error.status,
    title: "This sign-in can't go on",
    explanation: error.explanation,
    advice,
    reference,
  });
}
