import "server-only";
import { toUserKey } from "@/lib/db/user-key";
import { isEmailAddress } from "@/lib/email-address";
import { sealText } from "@/lib/keys/seal-text";
import type { MessageContent, MessageKind } from "@/lib/mail/message-values";
import { defaultLocale } from "@/lib/messages/locales";
import { matchOffered } from "@/lib/messages/negotiate-locale";
import type { Settings } from "@/lib/settings";
import { actorId, type ServiceContext, type Transaction } from "../context";

const hour = 3600;

/** Messages in an hour, so that nobody is flooded through this server. */
const limits = { recipient: 20, creator: 1000 };

/** Seconds after which a message is of no use, if it doesn't have a link that says so. */
const usefulFor: Readonly<Record<MessageKind, number>> = {
  invitation: 168 * hour,
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
  { kind, values, to, userId, locale }: MessageToQueue,
): Promise<QueueOutcome> {
  if (!canSendMail(context.settings)) return "not_configured";
  if (!isEmailAddress(to)) return "not_an_address";
  const [now, createdById, recipientKey] = [context.now(), actorId(context), toUserKey(to)];
  if (await isLimited(tx, { recipientKey, createdById, now })) return "limited";
  await tx.message.create({
    data: {
      kind,
      recipient: to,
      recipientKey,
      userId: userId ?? null,
      createdById,
      locale: matchOffered(locale ? [locale] : []) ?? defaultLocale,
      sealedValues: sealText(JSON.stringify(values), "messages", to),
      createdAt: now,
      nextAttemptAt: now,
      expiresAt: "expiresAt" in values ? new Date(values.expiresAt) : new Date(now.getTime() + usefulFor[kind] * 1000),
    },
    select: { id: true },
  });
  return "queued";
}

/**
 * The same for one message to each of several addresses: all are queued, or none. Returns the addresses that have
 * received too many, or all of them if the actor has sent too many.
 */
export async function queueInvitations(
  tx: Transaction,
  context: ServiceContext,
  messages: readonly Extract<MessageToQueue, { kind: "invitation" }>[],
): Promise<{ limited: string[] }> {
  const [now, createdById] = [context.now(), actorId(context)];
  const keyed = messages.map((message) => ({ ...message, recipientKey: toUserKey(message.to) }));
  const since = { gt: new Date(now.getTime() - hour * 1000) };
  const received = await tx.message.groupBy({
    by: ["recipientKey"],
    where: { recipientKey: { in: keyed.map(({ recipientKey }) => recipientKey) }, createdAt: since },
    having: { recipientKey: { _count: { gte: limits.recipient } } },
  });
  const caused = createdById === null ? 0 : await tx.message.count({ where: { createdById, createdAt: since } });
  if (caused + messages.length > limits.creator) return { limited: messages.map(({ to }) => to) };
  const full = new Set(received.map(({ recipientKey }) => recipientKey));
  const limited = keyed.filter(({ recipientKey }) => full.has(recipientKey)).map(({ to }) => to);
  if (limited.length > 0) return { limited };
  await tx.message.createMany({
    data: keyed.map(({ kind, values, to, locale, recipientKey }) => ({
      kind,
      recipient: to,
      recipientKey,
      createdById,
      locale: matchOffered(locale ? [locale] : []) ?? defaultLocale,
      sealedValues: sealText(JSON.stringify(values), "messages", to),
      createdAt: now,
      nextAttemptAt: now,
      expiresAt: new Date(values.expiresAt),
    })),
  });
  return { limited: [] };
}

interface Limited {
  recipientKey: string;
  createdById: string | null;
  now: Date;
}

async function isLimited(tx: Transaction, { recipientKey, createdById, now }: Limited): Promise<boolean> {
  const since = { gt: new Date(now.getTime() - hour * 1000) };
  const received = await tx.message.count({ where: { recipientKey, createdAt: since }, take: limits.recipient });
  if (received >= limits.recipient) return true;
  if (createdById === null) return false;
  const caused = await tx.message.count({ where: { createdById, createdAt: since }, take: limits.creator });
  return caused >= limits.creator;
}
