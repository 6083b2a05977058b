import { readFileSync } from "node:fs";
import path from "node:path";
import { escapeHtml } from "@/lib/escape-html";
import { directionOf, type Locale } from "@/lib/messages/locales";
import { textsOf } from "@/lib/messages/texts";
import { errorPageStyles } from "./error-page-styles";

/** What an error page says, in the language of its frame. Everything is text, never HTML. */
export interface ErrorPage {
  status: number;
  title: string;
  explanation: string;
  /** What the person can do about it. */
  advice: string;
  /** For the developer of the application, in English. */
  detail?: string;
  /** Leads an administrator to the log line and the audit event. */
  reference?: string;
  headers?: Record<string, string>;
  /** Where to go from here, instead of the start page. */
  link?: { href: string; label: string };
}

/** What a page takes over from the request. */
export interface PageFrame {
  locale: Locale;
  theme?: string | undefined;
  /** For its style and script, as the Content-Security-Policy has it. */
  nonce: string;
}

export function htmlResponse(html: string, init: { status: number; headers?: Record<string, string> }): Response {
  return new Response(html, {
    status: init.status,
    headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", ...init.headers },
  });
}

export function renderErrorPage(page: ErrorPage, frame: PageFrame): string {
  const t = textsOf("errors", frame.locale);
  const { href, label } = page.link ?? { href: "/", label: t("startPage") };
  const content = [
    `<p>${escapeHtml(page.explanation)}</p>`,
    `<p>${escapeHtml(page.advice)}</p>`,
    page.detail === undefined ? "" : renderDetail(page.detail),
    page.reference === undefined ? "" : renderReference(page.reference, frame),
    `<a class="start" href="${escapeHtml(href)}">${escapeHtml(label)}</a>`,
  ];
  return renderPage(page.title, content.filter(Boolean).join("\n"), frame);
}

export function renderDetail(detail: string): string {
  return `<p class="detail" lang="en" dir="ltr">${escapeHtml(detail)}</p>`;
}

function renderReference(reference: string, { locale }: PageFrame): string {
  const t = textsOf("errors", locale);
  const named = t.markup("reference", { reference: escapeHtml(reference), code: (text) => `<code>${text}</code>` });
  return `<p class="reference">${named}<br>${escapeHtml(t("referenceUse"))}</p>`;
}

/** A tag of a message whose content is a chosen name, or an address. */
export function nameTag(text: string): string {
  return `<strong><bdi>${text}</bdi></strong>`;
}

/** The page around `content`, which is HTML; the title is text. */
export function renderPage(title: string, content: string, { locale, theme, nonce }: PageFrame): string {
  const themeAttribute = theme === "light" || theme === "dark" ? ` data-theme="${theme}"` : "";
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}"${themeAttribute}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Latchkey</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style nonce="${escapeHtml(nonce)}">${tokens()}${errorPageStyles}</style>
</head>
<body>
<main>
${brandMark}
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

/** The mark of `components/layout/brand.tsx`. */
const brandMark = `<svg viewBox="0 0 32 32" fill="none" aria-hidden="true"><rect class="tile" width="32" height="32" rx="8"/><g class="key" stroke-width="2.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="13.75" cy="10.5" r="3.75"/><path d="M13.75 14.25V25H22m-8.25-5h4.5"/></g></svg>`;

let cachedTokens: string | undefined;

function tokens(): string {
  cachedTokens ??= readFileSync(path.join(process.cwd(), "app/tokens.css"), "utf8");
  return cachedTokens;
}
