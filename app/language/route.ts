import { headers } from "next/headers";
import { cookieAttributes } from "@/lib/auth/cookies";
import { getCurrentSession } from "@/lib/auth/current-session";
import { backToReferer } from "@/lib/http/forms/back-to-referer";
import { portalPost } from "@/lib/http/forms/portal-route";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { isOfferedLocale, type OfferedLocale } from "@/lib/messages/locales";
import { localeCookieName } from "@/lib/messages/negotiate-locale";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import { chooseLanguage } from "@/lib/services/users/choose-language";

const yearInSeconds = 31_536_000;

/** Keeps the language that someone chose: in this browser, and as their own if they are signed in. */
export const POST = portalPost(async (form, request) => {
  const locale = form.get("locale");
  if (!isOfferedLocale(locale)) throw new InvalidRequestError("The language isn't offered.");
  const session = await getCurrentSession();
  if (session) await chooseLanguage(serviceContext(session, await headers()), { locale });
  const response = seeOther(
    withoutUiLocales(backToReferer(request.headers.get("referer"), request.headers.get("host"))),
  );
  response.headers.set("Set-Cookie", serializeLocaleCookie(locale));
  return response;
});

/** What an application asked for comes before the person's choice: here they have chosen against it. */
function withoutUiLocales(localPath: string): string {
  const url = new URL(localPath, "http://localhost");
  url.searchParams.delete("ui_locales");
  return `${url.pathname}${url.search}`;
}

function serializeLocaleCookie(locale: OfferedLocale): string {
  const secure = cookieAttributes().secure ? "; Secure" : "";
  return `${localeCookieName}=${locale}; Path=/; Max-Age=${yearInSeconds}; HttpOnly; SameSite=Lax${secure}`;
}
