import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { getCurrentSession, getKnownSession } from "@/lib/auth/current-session";
import type { Namespace } from "./catalog";
import type { Locale } from "./locales";
import { chooseLocale, localeCookieName, overridingCookieName } from "./negotiate-locale";
import { type Texts, textsOf } from "./texts";
import { uiLocalesHeader } from "./ui-locales-header";

/**
 * The language that the request is answered in: as the application asks (`ui_locales`), else as the person has chosen,
 * else by the cookie of the language switch, else by `Accept-Language`.
 */
export async function getLocale(uiLocales?: string | null): Promise<Locale> {
  const [requestHeaders, requestCookies] = [await headers(), await cookies()];
  const asked = uiLocales ?? requestHeaders.get(uiLocalesHeader) ?? "";
  // By request, which is what Next.js makes a cookie store for: each text of a page asks for its language.
  const known = found.get(requestCookies) ?? new Map<string, Promise<Locale>>();
  found.set(requestCookies, known);
  const locale = known.get(asked) ?? findLocale(asked, requestHeaders, requestCookies);
  known.set(asked, locale);
  return locale;
}

/** The same without asking the database: the person's own language counts only if it is known already. */
export async function getKnownLocale(uiLocales?: string | null): Promise<Locale> {
  const [requestHeaders, requestCookies] = [await headers(), await cookies()];
  const asked = uiLocales ?? requestHeaders.get(uiLocalesHeader) ?? "";
  const own = (await getKnownSession())?.user.locale ?? null;
  return choose(asked, own, requestHeaders, requestCookies);
}

const found = new WeakMap<object, Map<string, Promise<Locale>>>();

async function findLocale(
  uiLocales: string,
  requestHeaders: Pick<Headers, "get">,
  requestCookies: Awaited<ReturnType<typeof cookies>>,
): Promise<Locale> {
  return choose(uiLocales, await readOwnLocale(), requestHeaders, requestCookies);
}

function choose(
  uiLocales: string,
  own: string | null,
  requestHeaders: Pick<Headers, "get">,
  requestCookies: Awaited<ReturnType<typeof cookies>>,
): Locale {
  return chooseLocale({
    uiLocales,
    own,
    kept: {
      locale: requestCookies.get(localeCookieName)?.value,
      overrides: requestCookies.has(overridingCookieName),
    },
    acceptLanguage: requestHeaders.get("accept-language"),
  });
}

/** During an outage a page is still shown, and its language is no reason to fail. */
async function readOwnLocale(): Promise<string | null> {
  try {
    return (await getCurrentSession())?.user.locale ?? null;
  } catch {
    return null;
  }
}

/** The texts of one file of messages, in the language of the request. */
export async function getTexts<Name extends Namespace>(namespace: Name): Promise<Texts<Name>> {
  return textsOf(namespace, await getLocale());
}

/** React keeps one for each request. */
const content = cache((): { locale: Locale | null } => ({ locale: null }));

/** Says that a page is in another language than was asked for: by its frame, which is rendered before its content. */
export function setContentLocale(locale: Locale): void {
  content().locale = locale;
}

/** The language of the texts on the page, in which its times are written as well. */
export async function getContentLocale(): Promise<Locale> {
  return content().locale ?? (await getLocale());
}
