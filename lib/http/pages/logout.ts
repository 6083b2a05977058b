import { getBrowserId } from "@/lib/auth/browser";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { isOwnPost } from "@/lib/auth/own-origin";
import type { CurrentSession } from "@/lib/auth/session-store";
import { escapeHtml } from "@/lib/escape-html";
import { logBounded } from "@/lib/limits/bounded-log";
import { readUiLocales } from "@/lib/messages/negotiate-locale";
import { getLocale } from "@/lib/messages/request-locale";
import { checkLogoutRequest, type LogoutRequest, toPostLogoutLocation } from "@/lib/oauth/openid/logout";
import { UntrustedRequestError } from "@/lib/oauth/wire/errors";
import { Parameters } from "@/lib/oauth/wire/parameters";
import { oauthServer } from "@/lib/oauth-server";
import { clientSource } from "../client-origin";
import { type ErrorTexts, errorTexts } from "../error-texts";
import type { HttpRequest } from "../http-request";
import { signedOutPath } from "../paths";
import { newReference } from "../reference";
import { seeOther } from "../responses";
import { signOut } from "../session/sign-out";
import { addUiLocales } from "../ui-locales";
import { describeDiagnosis } from "./diagnosis";
import { repostResponse } from "./form-post";
import { errorPageResponse, readPageFrame } from "./html-page";
import { toOAuthSession } from "./oauth-session";
import { htmlResponse, nameTag, renderPage } from "./render-page";
import { redirectAfterSignOut } from "./signed-out";

/** Parameters that the confirmation carries; a user who confirms needs no hint. */
const carried = ["client_id", "post_logout_redirect_uri", "state"] as const;

/** Answers `/o/logout`: the query of a GET, or the form of a POST (OpenID Connect RP-Initiated Logout §2). */
export async function answerLogout(request: HttpRequest, text: string): Promise<Response> {
  // A cross-site POST carries no Lax cookie. Posted again from our own page, it does.
  if (request.method === "POST" && !isOwnPost(request.headers) && (await getBrowserId()) === "") {
    Parameters.parse(text).refuseRepeated();
    return repostResponse("/o/logout", text);
  }
  const session = await getCurrentSession();
  const uiLocales = readUiLocales(text);
  try {
    const asked = await checkLogoutRequest(oauthServer(), text, session && toOAuthSession(session));
    if (session && !asked.proven) return await askForConfirmation(asked, session, uiLocales);
    return await end(request, asked, { leads: asked.hinted, uiLocales });
  } catch (error) {
    if (error instanceof UntrustedRequestError) return refusalPage(error, request, uiLocales);
    throw error;
  }
}

/** The user has confirmed. The form's parameters are checked as if they came from anywhere. */
export async function answerConfirmation(request: HttpRequest, form: Parameters): Promise<Response> {
  form.refuseOthersThan(["csrf", ...carried]);
  const fields = carried.flatMap((name) => {
    const value = form.get(name);
    return value === undefined ? [] : [[name, value] as [string, string]];
  });
  const asked = await checkLogoutRequest(oauthServer(), new URLSearchParams(fields).toString(), null);
  return end(request, asked, { leads: true, uiLocales: null });
}

/**
 * `leads`: whether the browser goes where the request says. If nobody is signed in, a link that anyone could have
 * created leads nowhere by itself (§6).
 */
async function end(
  request: HttpRequest,
  asked: LogoutRequest,
  { leads, uiLocales }: { leads: boolean; uiLocales: string | null },
): Promise<Response> {
  const location = leads ? toPostLogoutLocation(asked) : null;
  if (request.method === "HEAD") return seeOther(location ?? signedOutPath);
  const locale = await getLocale(uiLocales);
  const ended = await signOut(request.headers, asked.client?.clientId);
  return redirectAfterSignOut(ended, location, locale);
}

async function askForConfirmation(
  asked: LogoutRequest,
  { user }: CurrentSession,
  uiLocales: string | null,
): Promise<Response> {
  const frame = await readPageFrame(uiLocales);
  const t = errorTexts(frame);
  const values = {
    csrf: await getCsrfToken(),
    client_id: asked.client?.clientId,
    post_logout_redirect_uri: asked.postLogoutRedirectUri,
    state: asked.postLogoutRedirectUri === null ? null : asked.state,
  };
  const inputs = Object.entries(values).map(([name, value]) =>
    value ? `<input type="hidden" name="${name}" value="${escapeHtml(value)}">` : "",
  );
  const who = { username: escapeHtml(user.username), name: nameTag };
  const question = asked.client
    ? t.markup("confirmation.questionOf", { ...who, application: escapeHtml(asked.client.name) })
    : t.markup("confirmation.question", who);
  const content = `<p>${question}</p>
<form method="post" action="${escapeHtml(addUiLocales("/o/logout/submit", uiLocales))}">
${inputs.filter(Boolean).join("\n")}
<button class="start primary" type="submit">${escapeHtml(t("confirmation.signOut"))}</button>
</form>
<a class="start" href="/">${escapeHtml(t("confirmation.stay"))}</a>`;
  return htmlResponse(renderPage(t("confirmation.title"), content, frame), { status: 200 });
}

/** Redirects nowhere and ends nothing; the log line with the reference says what was sent. */
async function refusalPage(
  error: UntrustedRequestError,
  { headers }: HttpRequest,
  uiLocales: string | null,
): Promise<Response> {
  const reference = newReference();
  const details = { reference, reason: error.reason, ...describeDiagnosis(error.diagnosis) };
  const source = { ...clientSource(headers), client: error.diagnosis.applicationId ?? null };
  logBounded("warn", details, "logout request refused", source);
  const describe = (t: ErrorTexts) => ({
    status: error.status,
    title: t("logout.title"),
    explanation: t(`refusals.${error.reason}`),
    advice: t("logout.advice"),
    reference,
  });
  return errorPageResponse(describe, { uiLocales });
}
