import { headers } from "next/headers";
import { getCurrentSession } from "@/lib/auth/current-session";
import { backToReferer } from "@/lib/http/forms/back-to-referer";
import { portalPost } from "@/lib/http/forms/portal-route";
import { preferenceCookie, yearInSeconds } from "@/lib/http/preference-cookie";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { isOfferedLocale } from "@/lib/messages/locales";
import { localeCookieName, matchOffered, overridingCookieName } from "@/lib/messages/negotiate-locale";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import { chooseLanguage } from "@/lib/services/users/choose-language";

/**
 * What an application asked for comes before the person's choice, unless they have chosen against it: seconds that this
 * lasts, as long as a sign-in that began with it may take.
 */
const overridesFor = 900;

/** Keeps the language that someone chose: in this browser, and as their own if they are signed in. */
export const POST = portalPost(async (form, request) => {
  const locale = form.get("locale");
  if (!isOfferedLocale(locale)) throw new InvalidRequestError("The language isn't offered.");
  const session = await getCurrentSession();
  // Someone whose own language is de-AT has chosen German already.
  const isOwn = matchOffered([session?.user.locale ?? ""]) === locale;
  if (session && !isOwn) await chooseLanguage(serviceContext(session, await headers()), { locale });
  const back = new URL(backToReferer(request.headers.get("referer"), request.headers.get("host")), "http://localhost");
  const isAgainstRequest = back.searchParams.has("ui_locales");
  back.searchParams.delete("ui_locales");
  const response = seeOther(`${back.pathname}${back.search}`);
  response.headers.append("Set-Cookie", preferenceCookie(localeCookieName, locale, yearInSeconds));
  if (isAgainstRequest)
    response.headers.append("Set-Cookie", preferenceCookie(overridingCookieName, "1", overridesFor));
  return response;
});
