import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type ErrorTexts, errorTexts, toSentences } from "@/lib/http/error-texts";
import { type ErrorPage, renderErrorPage } from "@/lib/http/pages/render-page";
import { securityHeaders } from "@/lib/http/security-headers";
import type { Locale } from "@/lib/messages/locales";
import { negotiateByHeaders, readUiLocales as readSentUiLocales } from "@/lib/messages/negotiate-locale";

/**
 * An error page that is answered without Next.js, in the language of the request, and the headers that it needs.
 * `sentences` is what it says, as text.
 */
export function standalonePage(
  request: IncomingMessage,
  describe: (t: ErrorTexts) => ErrorPage,
  publicUrl: string,
): { status: number; sentences: string; html: string; headers: Readonly<Record<string, string>> } {
  const nonce = randomBytes(16).toString("base64");
  const https = publicUrl.startsWith("https:");
  const security = securityHeaders({ nonce, formAction: "'self'", https, development: false });
  const frame = { locale: readLocale(request), nonce, theme: readTheme(request) };
  const t = errorTexts(frame);
  const page = describe(t);
  return {
    status: page.status,
    sentences: toSentences(t, page),
    html: renderErrorPage(page, frame),
    headers: { ...security, "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
  };
}

/** Without the language that a person has chosen, as nobody's session is looked up. */
export function readLocale(request: IncomingMessage): Locale {
  const { cookie, "accept-language": acceptLanguage } = request.headers;
  return negotiateByHeaders({ cookie, acceptLanguage, uiLocales: readUiLocales(request) });
}

/** The language in which an application asked for the page, as the addresses of its forms have it. */
export function readUiLocales({ url = "" }: IncomingMessage): string | null {
  return readSentUiLocales(url.split("?")[1] ?? "");
}

function readTheme({ headers }: IncomingMessage): string | undefined {
  return /(?:^|; )theme=(light|dark)(?:;|$)/.exec(headers.cookie ?? "")?.[1];
}
