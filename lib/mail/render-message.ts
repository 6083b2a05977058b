import { directionOf, type Locale } from "@/lib/messages/locales";
import { type Texts, textsOf } from "@/lib/messages/texts";
import type { MessageContent, MessageKind } from "./message-values";
import { type MessageParts, toHtml } from "./to-html";

export interface RenderedMessage {
  subject: string;
  text: string;
  html: string;
}

type MailTexts = Texts<"mail">;

/** A message in one language, as plain text and as HTML. `publicUrl` names the server to the reader. */
export function renderMessage(content: MessageContent, locale: Locale, publicUrl: string): RenderedMessage {
  const t = textsOf("mail", locale);
  const parts = toParts(content, locale, new URL(publicUrl).host, t);
  return { subject: parts.subject, text: toText(parts), html: toHtml(parts) };
}

function toParts(content: MessageContent, locale: Locale, host: string, t: MailTexts): MessageParts {
  const values = { host, ...toShown(content, locale) };
  const say = (key: "subject" | "text" | "note") => t(`kinds.${content.kind}.${key}`, values as never);
  return {
    locale,
    direction: directionOf(locale),
    subject: say("subject"),
    paragraphs: [say("text")],
    action: "link" in content.values ? { label: t(toActionKey(content.kind)), link: content.values.link } : null,
    linkHint: t("linkHint"),
    note: say("note"),
    footer: t("footer", { host }),
  };
}

/** Of the kinds that have a link. */
function toActionKey(kind: MessageKind) {
  if (kind === "invitation" || kind === "account_created") return `kinds.${kind}.action` as const;
  return "kinds.password_reset.action";
}

/** Values as the reader sees them: a moment in words, and of a new address only what its owner recognizes. */
function toShown({ values }: MessageContent, locale: Locale): Record<string, string> {
  return {
    ...("username" in values ? { username: values.username } : {}),
    ...("expiresAt" in values ? { expires: describeMoment(values.expiresAt, locale) } : {}),
    ...("newAddress" in values ? { address: shorten(values.newAddress) } : {}),
  };
}

function describeMoment(at: string, locale: Locale): string {
  const format = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" } as const;
  return `${new Intl.DateTimeFormat(locale, format).format(new Date(at))} UTC`;
}

/** Whoever still reads the former address may not be the account's owner. */
function shorten(address: string): string {
  const at = address.lastIndexOf("@");
  return `${[...address][0] ?? ""}…${address.slice(at)}`;
}

function toText({ paragraphs, action, note, footer }: MessageParts): string {
  const link = action ? [`${action.label}:\n${action.link}`] : [];
  return `${[...paragraphs, ...link, note, `--\n${footer}`].join("\n\n")}\n`;
}
