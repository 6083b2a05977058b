import "server-only";
import { currentSettings } from "@/lib/current-settings";
import { createMessageQueue, type TakenMessage } from "@/lib/db/message-queue";
import { getPrisma } from "@/lib/db/prisma";
import { openSealedText } from "@/lib/keys/seal-text";
import { log } from "@/lib/log";
import { defaultLocale, isOfferedLocale } from "@/lib/messages/locales";
import type { MessageContent } from "./message-values";
import { MessageWorker } from "./message-worker";
import { renderMessage } from "./render-message";
import { MailError, sendMessage } from "./send-message";

/** The worker with this server's queue, keys and mail server. */
export function createMessageWorker(): MessageWorker {
  return new MessageWorker({
    queue: createMessageQueue(getPrisma()),
    canSend: () => currentSettings().mail !== null,
    send: deliver,
    onProblem({ id, kind, attempts }, { reason, givenUp }) {
      log().warn({ message: id, kind, attempts, reason }, givenUp ? "e-mail given up" : "e-mail not sent");
    },
  });
}

async function deliver({ id, kind, recipient, locale, sealedValues }: TakenMessage): Promise<void> {
  const { mail, publicUrl } = currentSettings();
  if (!mail) throw new MailError("no mail server is set", false);
  const opened = openSealedText(sealedValues, "messages", recipient);
  if (opened === null) throw new MailError("it was sealed under another AUTH_SECRET", true);
  const content = { kind, values: JSON.parse(opened) } as MessageContent;
  const message = renderMessage(content, isOfferedLocale(locale) ? locale : defaultLocale, publicUrl);
  await sendMessage(mail, publicUrl, { to: recipient, messageId: id, message });
}
