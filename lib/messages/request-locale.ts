import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { getCurrentSession } from "@/lib/auth/current-session";
import type { Namespace } from "./catalog";
import { isOfferedLocale, type Locale } from "./locales";
import { localeCookieName, matchLocale, matchUiLocales, negotiateLocale } from "./negotiate-locale";
import { type Texts, textsOf } from "./texts";
import { uiLocalesHeader } from "./ui-locales-header";

/**
 * The language that the request is answered in: as the application asks (`ui_locales`), else as the person has chosen,
 * else by the cookie of the language switch, else by `Accept-Language`.
 */
export async function getLocale(uiLocales?: string | null): Promise<Locale> {
  const [requestHeaders, requestCookies] = [await headers(), await cookies()];
  const asked = matchUiLocales(uiLocales ?? requestHeaders.get(uiLocalesHeader));
  if (asked) return asked;
  const chosen = matchLocale([(await readChosenLocale()) ?? ""]);
  if (chosen) return chosen;
  const kept = requestCookies.get(localeCookieName)?.value;
  return isOfferedLocale(kept) ? kept : negotiateLocale(requestHeaders.get("accept-language"));
}

/** During an outage a page is still shown, and its language is no reason to fail. */
async function readChosenLocale(): Promise<string | null> {
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
