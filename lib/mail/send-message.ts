import { createTransport } from "nodemailer";
import type { MailSettings } from "@/lib/settings";
import type { RenderedMessage } from "./render-message";

/** Milliseconds. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 };

/** The mail server didn't take a message. `isFinal`: it never will. */
export class MailError extends Error {
  override name = "MailError";
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}

export interface Envelope {
  to: string;
  /** The same at each attempt, so that a reader shows one that was sent twice once (RFC 5322 §3.6.4). */
  messageId: string;
  message: RenderedMessage;
}

/**
 * Hands a message to the mail server.
 * @throws MailError
 */
export async function sendMessage(mail: MailSettings, publicUrl: string, { to, messageId, message }: Envelope) {
  const { hostname } = new URL(publicUrl);
  const transport = createTransport({
    host: mail.host,
    port: mail.port,
    secure: mail.security === "tls",
    requireTLS: mail.security === "starttls",
    ignoreTLS: mail.security === "none",
    // What the server announces must not be a way around the setting.
    auth: mail.user === null ? undefined : { user: mail.user, pass: mail.password ?? "" },
    name: /^[\d.]+$|:/.test(hostname) ? undefined : hostname,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
  });
  try {
    await transport.sendMail({
      from: mail.from,
      // An object, so that nothing in it is read as a second address.
      to: { name: "", address: to },
      subject: message.subject,
      text: message.text,
      html: message.html,
      messageId: `<${messageId}@${hostname.replaceAll(/[[\]:]/g, "") || "localhost"}>`,
      // RFC 3834 §5: no out-of-office answers.
      headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    });
  } catch (error) {
    throw toMailError(error);
  } finally {
    transport.close();
  }
}

interface SmtpError {
  code?: string;
  responseCode?: number;
  response?: string;
}

/** RFC 5321 §4.2.1: a code of 5xx about the recipient or the text is final; about the sign-in it may be mended. */
function toMailError(error: unknown): MailError {
  const { code = "failed", responseCode = 0, response } = error as SmtpError;
  const answer = response ?? (error instanceof Error ? error.message : "");
  const isFinal = responseCode >= 500 && (code === "EENVELOPE" || code === "EMESSAGE");
  const line = `${code}: ${answer}`.replaceAll(/\p{Cc}+/gu, " ");
  return new MailError(line.length > 300 ? `${line.slice(0, 299)}…` : line, isFinal);
}
