import { escapeHtml } from "@/lib/escape-html";
import type { Locale } from "@/lib/messages/locales";

/** A link that the message is about, and what happens behind it. */
interface Action {
  label: string;
  link: string;
}

export interface MessageParts {
  locale: Locale;
  direction: "ltr" | "rtl";
  subject: string;
  paragraphs: readonly string[];
  action: Action | null;
  /** Under a link that can't be clicked. */
  linkHint: string;
  note: string;
  footer: string;
}

/**
 * HTML for mail readers: tables and style attributes, which all of them understand, and nothing that is fetched. The
 * style sheet is for readers with a dark theme; others keep the light colours.
 */
export function toHtml({
  locale,
  direction,
  subject,
  paragraphs,
  action,
  linkHint,
  note,
  footer,
}: MessageParts): string {
  const blocks = [
    ...paragraphs.map((text) => `<p style="${styles.text}" class="text">${escapeHtml(text)}</p>`),
    ...(action
      ? [
          toButton(action),
          `<p style="${styles.small}" class="quiet">${escapeHtml(linkHint)}<br>${toPlainLink(action.link)}</p>`,
        ]
      : []),
    `<p style="${styles.small}" class="quiet">${escapeHtml(note)}</p>`,
  ];
  return `<!doctype html>
<html lang="${locale}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #101214 !important; }
  .card { background: #191c1f !important; border-color: #2d3236 !important; }
  .text, .title { color: #edeff1 !important; }
  .quiet, .quiet a { color: #a3abb2 !important; }
  .button { background: #f1f3f5 !important; color: #15181a !important; }
}
</style>
</head>
<body style="margin:0;padding:0" class="page">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f5f6" class="page">
<tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="${styles.card}" class="card">
<tr><td style="padding:32px">
<h1 style="${styles.title}" class="title">${escapeHtml(subject)}</h1>
${blocks.join("\n")}
</td></tr>
</table>
<p style="${styles.footer}" class="quiet">${escapeHtml(footer)}</p>
</td></tr>
</table>
</body>
</html>
`;
}

const family = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

const styles = {
  card: "max-width:520px;background:#ffffff;border:1px solid #e2e5e8;border-radius:12px",
  title: `${family};margin:0 0 16px;font-size:20px;line-height:28px;font-weight:600;color:#15181a`,
  text: `${family};margin:0 0 20px;font-size:16px;line-height:24px;color:#15181a`,
  small: `${family};margin:0 0 12px;font-size:13px;line-height:20px;color:#5a636b;word-break:break-word`,
  footer: `${family};margin:16px 0 0;font-size:13px;line-height:20px;color:#5a636b`,
  button: `${family};display:inline-block;padding:10px 18px;border-radius:8px;background:#15181a;color:#ffffff;font-size:15px;line-height:20px;font-weight:600;text-decoration:none`,
};

function toButton({ label, link }: Action): string {
  return `<p style="margin:0 0 20px"><a href="${escapeHtml(link)}" style="${styles.button}" class="button">${escapeHtml(label)}</a></p>`;
}

function toPlainLink(link: string): string {
  return `<a href="${escapeHtml(link)}" style="color:#5a636b">${escapeHtml(link)}</a>`;
}
