import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { hashPassword } from "@/lib/auth/password";
import { findPasswordProblem } from "@/lib/auth/password-policy";
import { beginSession } from "@/lib/auth/session-store";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import { getPrisma } from "@/lib/db/prisma";
import { countAttempt } from "@/lib/db/rate-limits";
import { recordSignIn } from "@/lib/db/sign-in-accounts";
import { problem } from "@/lib/messages/problem";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { requireUser, type ServiceContext, withTransaction } from "../context";
import { UnauthenticatedError, ValidationError } from "../errors";
import { queueMessage } from "../mail/queue-message";
import { parseInput } from "../parse";
import { type SignedIn, toBrowserOrigin } from "../sessions/complete-sign-in";
import { revokeGrantsOfSessions } from "../sessions/revoke-sessions";
import type { Sent, Wire } from "../wire";
import { checkCurrentPassword, passwordChanged } from "./check-current-password";
import { toHashRequester } from "./hash-requester";

export const passwordChangeSchema = z.object({
  currentPassword: z
    .string()
    .min(1, problem("problems.password.currentMissing"))
    .max(1000, problem("problems.password.incorrect")),
  newPassword: z.string().min(1, problem("problems.password.newMissing")),
});

/** Changes of an account within an hour: each sends a message. */
const rule = { limit: 10, window: 3600 };

/** The answer goes into cookies. */
export const changePasswordWire = { input: passwordChangeSchema, output: null } satisfies Wire;

/**
 * Changes the signed-in user's password. Someone who knew the old one may have used it, so all sessions and everything
 * that applications hold for this user end with it, in one transaction (ASVS 7.4.3). Browsers that were known to the
 * account no longer are. The calling browser gets a new session, because others may know its token.
 * @throws ValidationError by field, TooManyRequestsError
 */
export async function changePassword(
  context: ServiceContext,
  input: Sent<typeof changePasswordWire>,
  { browserId }: { browserId: string },
): Promise<SignedIn> {
  const userId = requireUser(context);
  const { currentPassword, newPassword } = parseInput(passwordChangeSchema, input);
  const user = await getPrisma().user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      username: true,
      email: true,
      locale: true,
      password: { select: { scheme: true, hash: true, generation: true } },
    },
  });
  const weakness = findPasswordProblem(newPassword, [user.username, user.email]);
  if (weakness) throw new ValidationError({ newPassword: [weakness] });
  const holder = { userId, hash: user.password };
  await checkCurrentPassword(context, holder, currentPassword, "password.change_refused");
  if (newPassword === currentPassword) {
    throw new ValidationError({ newPassword: [problem("problems.password.same")] });
  }
  const wait = await countAttempt(`password change of ${userId}`, rule, context.now());
  if (wait > 0) throw new TooManyRequestsError(wait);
  // Hashed before a transaction holds a connection.
  const hash = await hashPassword(newPassword, toHashRequester(context));
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const generation = randomUUID();
    if (!(await recordSignIn(tx, userId, at))) throw new UnauthenticatedError();
    // Guarded by the checked password: of two concurrent changes only one counts.
    const { count } = await tx.userPassword.updateMany({
      where: { userId, generation: user.password?.generation ?? generation },
      data: { ...hash, generation, changeRequired: false, updatedAt: at },
    });
    if (count === 0) throw passwordChanged();
    const sessionIds = await endSessions(tx, { userId }, at);
    await revokeGrantsOfSessions(tx, { userId }, at, "password_changed");
    await audit.record({ type: "password.changed", at, userId, details: { endedSessions: sessionIds.length } });
    const { username, email, locale } = user;
    await queueMessage(tx, context, { kind: "password_changed", to: email, userId, locale, values: { username } });
    const session = await beginSession(tx, { userId, amr: ["pwd"] }, toBrowserOrigin(context, browserId), at);
    return { session, account: { userId, passwordGeneration: generation } };
  });
}
