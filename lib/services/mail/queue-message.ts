import "server-only";
import type { Prisma } from "@/lib/db/client";
import { toUserKey } from "@/lib/db/user-key";
import { isEmailAddress } from "@/lib/email-address";
import { sealText } from "@/lib/keys/seal-text";
import type { MessageContent, MessageKind } from "@/lib/mail/message-values";
import { defaultLocale, type OfferedLocale } from "@/lib/messages/locales";
import { matchOffered } from "@/lib/messages/negotiate-locale";
import type { Settings } from "@/lib/settings";
import { actorId, type ServiceContext, type Transaction } from "../context";

const hour = 3600;

/** Messages in an hour, so that nobody is flooded through this server. */
const limits = { recipient: 20, creator: 1000 };

/** Seconds after which a message is of no use, if it doesn't have a link that says so. */
const usefulFor: Readonly<Record<MessageKind, number>> = {
  invitation: 168 * hour,
  account_created: 168 * hour,
  password_reset: hour,
  email_changed: 72 * hour,
  email_added: 72 * hour,
  password_changed: 72 * hour,
  account_disabled: 72 * hour,
  test: hour,
};

export type MessageToQueue = MessageContent & {
  to: string;
  /** The user it is about. */
  userId?: string | undefined;
  /** A BCP 47 tag; another one than is offered, or none: English. */
  locale?: string | null | undefined;
};

/** `limited`: too many for this address or from this actor within an hour. */
export type QueueOutcome = "queued" | "not_configured" | "limited" | "not_an_address";

/** Whether messages are sent at all; without a mail server, links are copied instead. */
export function canSendMail(settings: Settings): boolean {
  return settings.mail !== null;
}

/**
 * Queues a message as part of the transaction of what it is about. It is sent within seconds after that, and again at
 * growing intervals if the mail server doesn't take it.
 */
export async function queueMessage(
  tx: Transaction,
  context: ServiceContext,
  message: MessageToQueue,
): Promise<QueueOutcome> {
  const [outcome = "not_configured"] = await queueMessages(tx, context, [message]);
  return outcome;
}

/** The same for several, with three statements whatever their number. */
export async function queueMessages(
  tx: Transaction,
  context: ServiceContext,
  messages: readonly MessageToQueue[],
): Promise<QueueOutcome[]> {
  if (!canSendMail(context.settings)) return messages.map(() => "not_configured");
  const [now, createdById] = [context.now(), actorId(context)];
  const received = await countReceived(tx, messages, now);
  let caused = createdById === null ? 0 : await countCaused(tx, createdById, now);
  const data: Prisma.MessageCreateManyInput[] = [];
  const outcomes = messages.map((message): QueueOutcome => {
    const { to } = message;
    if (!isEmailAddress(to)) return "not_an_address";
    const recipientKey = toUserKey(to);
    const before = received.get(recipientKey) ?? 0;
    if (before >= limits.recipient || caused >= limits.creator) return "limited";
    received.set(recipientKey, before + 1);
    if (createdById !== null) caused += 1;
    data.push({ ...toRow(message, now), recipient: to, recipientKey, createdById });
    return "queued";
  });
  if (data.length > 0) await tx.message.createMany({ data });
  return outcomes;
}

/** The offered language for someone whose own tag is `locale`; English for another one, or none. */
export function toMessageLocale(locale: string | null | undefined): OfferedLocale {
  return matchOffered(locale ? [locale] : []) ?? defaultLocale;
}

function toRow({ kind, values, to, userId, locale }: MessageToQueue, now: Date) {
  return {
    kind,
    userId: userId ?? null,
    locale: toMessageLocale(locale),
    sealedValues: sealText(JSON.stringify(values), "messages", to),
    createdAt: now,
    nextAttemptAt: now,
    expiresAt: "expiresAt" in values ? new Date(values.expiresAt) : new Date(now.getTime() + usefulFor[kind] * 1000),
  };
}

const anHourBefore = (now: Date) => ({ gt: new Date(now.getTime() - hour * 1000) });

/** How many messages each of the addresses has been sent within an hour. */
async function countReceived(tx: Transaction, messages: readonly MessageToQueue[], now: Date) {
  const keys = messages.map(({ to }) => toUserKey(to));
  const rows = await tx.message.groupBy({
    by: ["recipientKey"],
    where: { recipientKey: { in: keys }, createdAt: anHourBefore(now) },
    _count: true,
  });
  return new Map(rows.map(({ recipientKey, _count }) => [recipientKey, _count]));
}

function countCaused(tx: Transaction, createdById: string, now: Date): Promise<number> {
  return tx.message.count({ where: { createdById, createdAt: anHourBefore(now) }, take: limits.creator });
}
