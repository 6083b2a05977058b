import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { countAttempt } from "@/lib/db/rate-limits";
import { toUserKey } from "@/lib/db/user-key";
import { renderMessage } from "@/lib/mail/render-message";
import { MailError, sendMessage } from "@/lib/mail/send-message";
import { requirePermission, requireUser, type ServiceContext, withTransaction } from "../context";
import type { Returned, Wire } from "../wire";
import { toMessageLocale } from "./queue-message";

/** In each hour, for each user. */
const rule = { limit: 20, window: 3600 };

export const sendTestMessageWire = {
  input: null,
  output: z.strictObject({
    outcome: z.enum(["sent", "not_configured", "limited", "failed"]),
    recipient: z.string(),
    /** What the mail server said. */
    problem: z.string().nullable(),
  }),
} satisfies Wire;

/** Sends a message to the signed-in user's own address, at once, to try the settings. */
export async function sendTestMessage(context: ServiceContext): Promise<Returned<typeof sendTestMessageWire>> {
  requirePermission(context, "settings:write");
  const userId = requireUser(context);
  const { mail, publicUrl } = context.settings;
  const { email: recipient, locale } = await getPrisma().user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, locale: true },
  });
  if (!mail) return { outcome: "not_configured", recipient, problem: null };
  if ((await countAttempt(`test-message ${userId}`, rule, context.now())) > 0) {
    return { outcome: "limited", recipient, problem: null };
  }
  const language = toMessageLocale(locale);
  const message = renderMessage({ kind: "test", values: {} }, language, publicUrl);
  const problem = await attempt(() =>
    sendMessage(mail, publicUrl, { to: recipient, messageId: crypto.randomUUID(), message }),
  );
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const ended = problem === null ? { sentAt: at } : { givenUpAt: at, lastProblem: problem };
    const about = { kind: "test", recipient, recipientKey: toUserKey(recipient), locale: language };
    await tx.message.create({
      data: { ...about, ...ended, userId, createdById: userId, attempts: 1, createdAt: at, expiresAt: at },
      select: { id: true },
    });
    await audit.record({ type: "message.tested", at, userId, details: { problem } });
  });
  return { outcome: problem === null ? "sent" : "failed", recipient, problem };
}

/** What the mail server said; null if it took the message. */
async function attempt(send: () => Promise<void>): Promise<string | null> {
  try {
    await send();
    return null;
  } catch (error) {
    if (error instanceof MailError) return error.message;
    throw error;
  }
}
