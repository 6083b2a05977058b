import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { countAttempt } from "@/lib/db/rate-limits";
import { problem } from "@/lib/messages/problem";
import { addSeconds } from "@/lib/oauth/ports/context";
import { digest, randomToken } from "@/lib/oauth/wire/digest";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { actorId, requirePermission, type ServiceContext, withTransaction } from "../context";
import { ForbiddenError, NotFoundError, ValidationError } from "../errors";
import { delivery, noMail } from "../invitations/invitation-schema";
import { canSendMail, queueMessage } from "../mail/queue-message";
import { parseInput } from "../parse";
import { requireRecentPassword } from "../sessions/require-recent-password";
import { mayManage, requireManageableUser } from "../users/find-user";
import type { Returned, Sent, Wire } from "../wire";

/** Seconds. */
export const resetLinkLifetime = 3600;

/** How many links a user gets in an hour. */
const rule = { limit: 5, window: 3600 };

export const newPasswordResetLink = z.object({ userId: z.string(), delivery });

export const createPasswordResetLinkWire = {
  input: newPasswordResetLink,
  /** Shown this once; null if it was sent. */
  output: z.strictObject({ link: z.string().nullable() }),
} satisfies Wire;

/**
 * Creates a link with which a user chooses a new password; one that they already had ends. Administrators start this,
 * but never choose or learn a password (ASVS 6.4.6).
 * @throws NotFoundError, ForbiddenError, ValidationError, TooManyRequestsError
 */
export async function createPasswordResetLink(
  context: ServiceContext,
  input: Sent<typeof createPasswordResetLinkWire>,
): Promise<Returned<typeof createPasswordResetLinkWire>> {
  requirePermission(context, "users:write");
  requireRecentPassword(context);
  const { userId, delivery: chosen } = parseInput(newPasswordResetLink, input);
  if (!isUuid(userId)) throw new NotFoundError("user");
  const emailed = chosen === "email";
  if (emailed && !canSendMail(context.settings)) throw noMail();
  // Before it counts: an attempt that is refused must not use up the limit of those who may do it.
  const known = await getPrisma().user.findUnique({ where: { id: userId }, select: { portalRole: true } });
  if (!known) throw new NotFoundError("user");
  if (!mayManage(known, context)) throw new ForbiddenError(problem("consoleProblems.users.portalRole"));
  const wait = await countAttempt(`reset link for ${userId}`, rule, context.now());
  if (wait > 0) throw new TooManyRequestsError(wait);
  const token = randomToken();
  return withTransaction(context, async (tx, audit) => {
    const { disabledAt, username } = await requireManageableUser(tx, context, userId);
    if (disabledAt) throw new ValidationError({ userId: [problem("consoleProblems.users.disabled")] });
    const { email, emailKey, locale, password } = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true, emailKey: true, locale: true, password: { select: { generation: true } } },
    });
    const at = context.now();
    const expiresAt = addSeconds(at, resetLinkLifetime);
    const link = {
      tokenHash: digest(token),
      emailKey: emailed ? emailKey : null,
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
    await audit.record({
      type: "password.reset_link_created",
      at,
      userId,
      details: { delivery: chosen, expiresAt },
    });
    const url = `${context.settings.publicUrl}/reset-password/${token}`;
    if (!emailed) return { link: url };
    const values = { username, link: url, expiresAt: expiresAt.toISOString() };
    const outcome = await queueMessage(tx, context, { kind: "password_reset", to: email, userId, locale, values });
    if (outcome === "not_an_address")
      throw new ValidationError({ delivery: [problem("consoleProblems.users.noEmail")] });
    if (outcome !== "queued") throw new TooManyRequestsError(rule.window);
    return { link: null };
  });
}
