import { cookies, headers } from "next/headers";
import type { Locale } from "@/lib/messages/locales";
import { getKnownLocale, getLocale } from "@/lib/messages/request-locale";
import { type ErrorTexts, errorTexts } from "../error-texts";
import { nonceHeader } from "../security-headers";
import { type ErrorPage, htmlResponse, type PageFrame, renderErrorPage } from "./render-page";

/**
 * An error page that depends on nothing but the design tokens: route handlers answer with it, as only they can choose
 * the status, and it still works when nothing else does. No script, no outside resource. The nonce for its style comes
 * from `proxy.ts`, which sets the security headers of this response too. `uiLocales` is what the request asks for, if
 * its address doesn't say so. `isBusy`: the database has no time or doesn't answer, so nothing is looked up in it.
 */
export async function errorPageResponse(
  describe: (t: ErrorTexts, locale: Locale) => ErrorPage,
  { uiLocales = null, isBusy = false }: { uiLocales?: string | null | undefined; isBusy?: boolean } = {},
): Promise<Response> {
  const frame = await readPageFrame(uiLocales, isBusy ? getKnownLocale : getLocale);
  const page = describe(errorTexts(frame), frame.locale);
  const html = renderErrorPage(page, frame);
  return htmlResponse(html, { status: page.status, headers: page.headers });
}

export async function readPageFrame(uiLocales?: string | null, findLocale = getLocale): Promise<PageFrame> {
  const [locale, theme] = [await findLocale(uiLocales), (await cookies()).get("theme")?.value];
  return { locale, theme, nonce: (await headers()).get(nonceHeader) ?? "" };
}
