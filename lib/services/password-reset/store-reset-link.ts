import "server-only";
import { problem } from "@/lib/messages/problem";
import { addSeconds } from "@/lib/oauth/ports/context";
import type { AuditLog } from "@/lib/oauth/ports/store";
import { digest, randomToken } from "@/lib/oauth/wire/digest";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { actorId, type ServiceContext, type Transaction } from "../context";
import { ValidationError } from "../errors";
import { queueMessage } from "../mail/queue-message";

export interface NewLink {
  userId: string;
  delivery: "email" | "copy";
  /** The message that it is sent in. */
  kind: "password_reset" | "account_created";
  /** Seconds. */
  lifetime: number;
}

const hour = 3600;

/**
 * Stores the link with which a user chooses a password; one that they already had ends. The answer is the link, or null
 * if it was sent.
 * @throws ValidationError, TooManyRequestsError if it can't be sent
 */
export async function storeResetLink(
  tx: Transaction,
  audit: AuditLog,
  context: ServiceContext,
  { userId, delivery, kind, lifetime }: NewLink,
): Promise<string | null> {
  const { username, email, emailKey, locale, password } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { username: true, email: true, emailKey: true, locale: true, password: { select: { generation: true } } },
  });
  const [token, at] = [randomToken(), context.now()];
  const expiresAt = addSeconds(at, lifetime);
  const link = {
    tokenHash: digest(token),
    emailKey: delivery === "email" ? emailKey : null,
    passwordGeneration: password?.generation ?? null,
    createdAt: at,
    expiresAt,
    createdById: actorId(context),
  };
  await tx.passwordResetLink.upsert({
    where: { userId },
    create: { userId, ...link },
    update: link,
    select: { userId: true },
  });
  await audit.record({ type: "password.reset_link_created", at, userId, details: { delivery, expiresAt } });
  const url = `${context.settings.publicUrl}/reset-password/${token}`;
  if (delivery === "copy") return url;
  const values = { username, link: url, expiresAt: expiresAt.toISOString() };
  const outcome = await queueMessage(tx, context, { kind, to: email, userId, locale, values });
  if (outcome === "not_an_address") throw new ValidationError({ delivery: [problem("consoleProblems.users.noEmail")] });
  if (outcome !== "queued") throw new TooManyRequestsError(hour);
  return null;
}
