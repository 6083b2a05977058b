import { cookies, headers } from "next/headers";
import { getLocale } from "@/lib/messages/request-locale";
import { nonceHeader } from "../security-headers";
import { type ErrorPage, htmlResponse, type PageFrame, renderErrorPage } from "./render-page";

/**
 * An error page that depends on nothing but the design tokens: route handlers answer with it, as only they can choose
 * the status, and it still works when nothing else does. No script, no outside resource. The nonce for its style comes
 * from `proxy.ts`, which sets the security headers of this response too.
 */
export async function errorPageResponse(page: ErrorPage): Promise<Response> {
  const html = renderErrorPage(page, await readPageFrame());
  return htmlResponse(html, { status: page.status, headers: page.headers });
}

export async function readPageFrame(uiLocales?: string | null): Promise<PageFrame> {
  const [locale, theme] = [await getLocale(uiLocales), (await cookies()).get("theme")?.value];
  return { locale, theme, nonce: (await headers()).get(nonceHeader) ?? "" };
}
