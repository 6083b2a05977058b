import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { countAttempt } from "@/lib/db/rate-limits";
import { problem } from "@/lib/messages/problem";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { ForbiddenError, NotFoundError, ValidationError } from "../errors";
import { delivery, noMail } from "../invitations/invitation-schema";
import { canSendMail } from "../mail/queue-message";
import { parseInput } from "../parse";
import { requireRecentPassword } from "../sessions/require-recent-password";
import { mayManage, requireManageableUser } from "../users/find-user";
import type { Returned, Sent, Wire } from "../wire";
import { storeResetLink } from "./store-reset-link";

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
  if (chosen === "email" && !canSendMail(context.settings)) throw noMail();
  // Before it counts: an attempt that is refused must not use up the limit of those who may do it.
  const known = await getPrisma().user.findUnique({ where: { id: userId }, select: { portalRole: true } });
  if (!known) throw new NotFoundError("user");
  if (!mayManage(known, context)) throw new ForbiddenError(problem("consoleProblems.users.portalRole"));
  const wait = await countAttempt(`reset link for ${userId}`, rule, context.now());
  if (wait > 0) throw new TooManyRequestsError(wait);
  return withTransaction(context, async (tx, audit) => {
    const { disabledAt } = await requireManageableUser(tx, context, userId);
    if (disabledAt) throw new ValidationError({ userId: [problem("consoleProblems.users.disabled")] });
    const link = { userId, delivery: chosen, kind: "password_reset", lifetime: resetLinkLifetime } as const;
    return { link: await storeResetLink(tx, audit, context, link) };
  });
}
