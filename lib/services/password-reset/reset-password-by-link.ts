import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { hashPassword } from "@/lib/auth/password";
import { findPasswordProblem } from "@/lib/auth/password-policy";
import type { StoredHash } from "@/lib/auth/password-schemes/scheme";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import { countLinkOpening } from "@/lib/limits/link-openings";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import { digest } from "@/lib/oauth/wire/digest";
import { type ServiceContext, type Transaction, withTransaction } from "../context";
import { NotFoundError, ValidationError } from "../errors";
import { queueMessage } from "../mail/queue-message";
import { revokeGrantsOfSessions } from "../sessions/revoke-sessions";
import { toHashRequester } from "../users/hash-requester";
import { userInput } from "../users/user-schema";
import type { Returned, Sent, Wire } from "../wire";
import { findResettableUser, type ResettableUser } from "./password-reset-link";

export const openPasswordResetLinkWire = {
  input: z.object({ token: z.string() }),
  /** For the browser's password manager, which stores the new password under this name. */
  output: z.strictObject({
    username: z.string(),
    /** Whether the user has no password yet. */
    isFirst: z.boolean(),
  }),
} satisfies Wire;

/**
 * Whose password a link resets. Changes nothing: programs that scan e-mail open links too.
 * @throws NotFoundError for every link that can't be used, TooManyRequestsError
 */
export async function openPasswordResetLink(
  context: ServiceContext,
  { token }: Sent<typeof openPasswordResetLinkWire>,
): Promise<Returned<typeof openPasswordResetLinkWire>> {
  countLinkOpening(toRateLimitNetwork(context.ipAddress ?? null));
  const user = await findResettableUser(token, context.now());
  if (!user) throw new NotFoundError("link");
  return { username: user.username, isFirst: user.passwordGeneration === null };
}

export const resetPasswordByLinkWire = {
  input: z.object({ token: z.string(), password: userInput.shape.password }),
  output: null,
} satisfies Wire;

/**
 * Changes the password of the link's user and uses the link up. As with every change of password, all sessions and
 * everything that applications hold for the user end with it (ASVS 7.4.3). Nobody is signed in: the user does that with
 * the new password. A link that was sent to the user's address, and shown to nobody, verifies it.
 * @throws NotFoundError for every link that can't be used, ValidationError by field
 */
export async function resetPasswordByLink(
  context: ServiceContext,
  { token, password }: Sent<typeof resetPasswordByLinkWire>,
): Promise<void> {
  countLinkOpening(toRateLimitNetwork(context.ipAddress ?? null));
  // Before the password is hashed: without a link nobody may cause that work.
  const user = await findResettableUser(token, context.now());
  if (!user) throw new NotFoundError("link");
  const weakness = findPasswordProblem(password, [user.username, user.email]);
  if (weakness) throw new ValidationError({ password: [weakness] });
  const hash = await hashPassword(password, toHashRequester(context));
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const userId = user.id;
    // The deletion decides between several uses at the same time; what the link depends on is checked under its lock.
    const locked = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM password_reset_links WHERE token_hash = ${digest(token)} FOR UPDATE`;
    const current = locked.length > 0 ? await findResettableUser(token, at, tx) : null;
    if (!current) throw new NotFoundError("link");
    await tx.passwordResetLink.delete({ where: { userId }, select: { userId: true } });
    await replacePassword(tx, current, { ...hash, generation: randomUUID(), changeRequired: false, updatedAt: at });
    if (current.emailed) {
      // Only the address that the link went to: another may have replaced it in the meantime.
      await tx.user.updateMany({
        where: { id: userId, email: current.email },
        data: { emailVerified: true, updatedAt: at },
      });
    }
    const sessionIds = await endSessions(tx, { userId }, at);
    await revokeGrantsOfSessions(tx, { userId }, at, "password_changed");
    const { username, email, locale } = user;
    await queueMessage(tx, context, { kind: "password_changed", to: email, userId, locale, values: { username } });
    await audit.record({ type: "password.reset", at, userId, details: { endedSessions: sessionIds.length } });
  });
}

/** Of two changes at the same time, the one that comes first counts, as `changePassword` has it. */
async function replacePassword(
  tx: Transaction,
  { id: userId, passwordGeneration: generation }: ResettableUser,
  changed: StoredHash & { generation: string; changeRequired: boolean; updatedAt: Date },
): Promise<void> {
  if (generation === null) {
    await tx.userPassword.create({ data: { userId, ...changed }, select: { userId: true } });
    return;
  }
  const { count } = await tx.userPassword.updateMany({ where: { userId, generation }, data: changed });
  if (count === 0) throw new NotFoundError("link");
}
