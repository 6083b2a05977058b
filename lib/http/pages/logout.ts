import { getBrowserId } from "@/lib/auth/browser";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { isOwnPost } from "@/lib/auth/own-origin";
import type { CurrentSession } from "@/lib/auth/session-store";
import { logBounded } from "@/lib/limits/bounded-log";
import { checkLogoutRequest, type LogoutRequest, toPostLogoutLocation } from "@/lib/oauth/openid/logout";
import { UntrustedRequestError } from "@/lib/oauth/wire/errors";
import { Parameters } from "@/lib/oauth/wire/parameters";
import { oauthServer } from "@/lib/oauth-server";
import { clientSource } from "../client-origin";
import type { HttpRequest } from "../http-request";
import { signedOutPath } from "../paths";
import { newReference } from "../reference";
import { seeOther } from "../responses";
import { signOut } from "../session/sign-out";
import { describeDiagnosis } from "./diagnosis";
import { repostResponse } from "./form-post";
import { errorPageResponse, readPageFrame } from "./html-page";
import { toOAuthSession } from "./oauth-session";
import { escapeHtml, htmlResponse, renderPage } from "./render-page";
import { redirectAfterSignOut } from "./signed-out";

/** What the confirmation carries on of the request; who confirms it needs no hint. */
const carried = ["client_id", "post_logout_redirect_uri", "state"] as const;

/** Answers `/o/logout`: the query of a GET, or the form of a POST (OpenID Connect RP-Initiated Logout §2). */
export async function answerLogout(request: HttpRequest, text: string): Promise<Response> {
  // A cross-site POST carries no Lax cookie. Posted again by a page of ours, it says whose session it is.
  if (request.method === "POST" && !isOwnPost(request.headers) && (await getBrowserId()) === "") {
    Parameters.parse(text).refuseRepeated();
    return repostResponse("/o/logout", text);
  }
  const session = await getCurrentSession();
  try {
    const asked = await checkLogoutRequest(oauthServer(), text, session && toOAuthSession(session));
    if (session && !asked.proven) return await askForConfirmation(asked, session);
    return await end(request, asked, asked.hinted);
  } catch (error) {
    if (error instanceof UntrustedRequestError) return explain(error, request);
    throw error;
  }
}

/** Someone has confirmed what they were asked. What the form carries on is checked as if it came from anywhere. */
export async function answerConfirmation(request: HttpRequest, form: Parameters): Promise<Response> {
  form.refuseOthersThan(["csrf", ...carried]);
  const fields = carried.flatMap((name) => {
    const value = form.get(name);
    return value === undefined ? [] : [[name, value] as [string, string]];
  });
  const asked = await checkLogoutRequest(oauthServer(), new URLSearchParams(fields).toString(), null);
  return end(request, asked, true);
}

/**
 * `leads`: the browser goes where the request says. A link that anybody could have made, at a browser where nobody is
 * signed in, leads nowhere by itself (§6).
 */
async function end(request: HttpRequest, asked: LogoutRequest, leads: boolean): Promise<Response> {
  const location = leads ? toPostLogoutLocation(asked) : null;
  if (request.method === "HEAD") return seeOther(location ?? signedOutPath);
  const ended = await signOut(request.headers, asked.client?.clientId);
  return redirectAfterSignOut(ended, location);
}

async function askForConfirmation(asked: LogoutRequest, { user }: CurrentSession): Promise<Response> {
  const values = {
    csrf: await getCsrfToken(),
    client_id: asked.client?.clientId,
    post_logout_redirect_uri: asked.postLogoutRedirectUri,
    state: asked.postLogoutRedirectUri === null ? null : asked.state,
  };
  const inputs = Object.entries(values).map(([name, value]) =>
    value ? `<input type="hidden" name="${name}" value="${escapeHtml(value)}">` : "",
  );
  const who = asked.client
    ? `<strong>${escapeHtml(asked.client.name)}</strong> wants to sign you out of Latchkey.`
    : "Sign out of Latchkey?";
  const content = `<p>${who} You are signed in as <strong>${escapeHtml(user.username)}</strong>.</p>
<form method="post" action="/o/logout/submit">
${inputs.filter(Boolean).join("\n")}
<button class="start primary" type="submit">Sign out</button>
</form>
<a class="start" href="/">Stay signed in</a>`;
  return htmlResponse(renderPage("Sign out?", content, await readPageFrame()), { status: 200 });
}

/** Nobody is sent anywhere and nothing is ended; the log line with the reference says what was sent. */
async function explain(error: UntrustedRequestError, { headers }: HttpRequest): Promise<Response> {
  const reference = newReference();
  const details = { reference, reason: error.explanation, ...describeDiagnosis(error.diagnosis) };
  const source = { ...clientSource(headers), client: error.diagnosis.applicationId ?? null };
  logBounded("warn", details, "logout request refused", source);
  return errorPageResponse({
    status: error.status,
    title: "We couldn't complete sign-out",
    explanation: error.explanation,
    advice: "You were not signed out. To sign out, go to the start page and choose Sign out.",
    reference,
  });
}
