import { getBrowserId } from "@/lib/auth/browser";
import { getCurrentSession } from "@/lib/auth/current-session";
import { log } from "@/lib/log";
import { type AuthorizeOutcome, authorize, type Browser, resumeAuthorization } from "@/lib/oauth/authorize";
import { forTheRecord } from "@/lib/oauth/context";
import { UntrustedRequestError } from "@/lib/oauth/errors";
import { oauthServer } from "@/lib/oauth-server";
import { clientOrigin } from "./client-origin";
import { errorPageResponse } from "./html-page";
import { newReference } from "./reference";
import { seeOther } from "./responses";

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
  if (request.method === "POST" && browser.browserId === "" && outcome.kind !== "error-page") {
    // A cross-site POST carries no Lax cookie: asked again by GET, the browser says who it is (OpenID Connect Core §3.1.2.1).
    return seeOther(`/o/authorize?${query}`);
  }
  return toResponse(outcome, request);
}

function addressChanged(): UntrustedRequestError {
  return new UntrustedRequestError("The address of this sign-in was changed on the way.", {});
}

async function identifyBrowser(): Promise<Browser> {
  const session = await getCurrentSession();
  return { browserId: await getBrowserId(), session: session && { id: session.id, userId: session.user.id } };
}

async function toResponse(outcome: AuthorizeOutcome, request: Request): Promise<Response> {
  switch (outcome.kind) {
    case "redirect":
      if (outcome.error)
        log().info({ error: outcome.error.error, reason: outcome.error.description }, "authorization refused");
      return seeOther(outcome.location);
    case "login":
      return seeOther(`/login?authorization_request=${outcome.requestId}`);
    case "consent":
      return seeOther(`/consent?authorization_request=${outcome.requestId}`);
    case "error-page":
      return explain(outcome.error, request);
  }
}

/** The person reads what happened; the log line and the audit event with the same reference say what was sent and registered. */
async function explain(error: UntrustedRequestError, request: Request): Promise<Response> {
  const reference = newReference();
  const { clientId, redirectUri, applicationId, registeredRedirectUris } = error.diagnosis;
  const details = {
    error: error.error,
    reason: error.explanation,
    clientId: forTheRecord(clientId),
    redirectUri: forTheRecord(redirectUri),
    registeredRedirectUris,
  };
  log().warn({ reference, ...details }, "authorization request refused");
  await oauthServer(clientOrigin(request.headers)).stores.audit.record({
    type: "authorization.refused",
    at: new Date(),
    applicationId: applicationId ?? null,
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
