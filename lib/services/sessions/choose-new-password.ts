import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { KnownAccount } from "@/lib/auth/known-browser";
import { enterHashQueue, hashPassword, verifyPassword } from "@/lib/auth/password";
import { findPasswordProblem } from "@/lib/auth/password-policy";
import type { StoredHash } from "@/lib/auth/password-schemes/scheme";
import { PasswordChangedError } from "@/lib/auth/session-store";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import { getPrisma } from "@/lib/db/prisma";
import { recordSignIn } from "@/lib/db/sign-in-accounts";
import { problem } from "@/lib/messages/problem";
import { auditLogOf, type ServiceContext, userActor, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { queueMessage } from "../mail/queue-message";
import { parseInput } from "../parse";
import { toHashRequester } from "../users/hash-requester";
import type { Sent, Wire } from "../wire";
import { beginSignedIn, type SignedIn, type SignInBrowser } from "./complete-sign-in";
import { revokeGrantsOfSessions } from "./revoke-sessions";

export const chooseNewPasswordInput = z.object({
  newPassword: z.string().min(1, problem("problems.password.newMissing")),
});

/** What it answers goes into cookies. */
export const chooseNewPasswordWire = { input: chooseNewPasswordInput, output: null } satisfies Wire;

/**
 * Replaces a password that has to be changed, and completes the sign-in for which `account` has just proved it, in one
 * transaction. What began with the old password ends, as with every change of password. Null if the proof is no longer
 * valid: the password was changed meanwhile, or the user disabled.
 * @throws ValidationError for `newPassword`
 */
export async function chooseNewPassword(
  context: ServiceContext,
  input: Sent<typeof chooseNewPasswordWire>,
  { account: { userId, passwordGeneration }, ...browser }: SignInBrowser & { account: KnownAccount },
): Promise<SignedIn | null> {
  const { newPassword } = parseInput(chooseNewPasswordInput, input);
  const user = await getPrisma().user.findFirst({
    where: { id: userId, disabledAt: null, password: { generation: passwordGeneration, changeRequired: true } },
    select: { username: true, email: true, locale: true, password: { select: { scheme: true, hash: true } } },
  });
  if (!user) return null;
  const weakness = findPasswordProblem(newPassword, [user.username, user.email]);
  if (weakness) throw new ValidationError({ newPassword: [weakness] });
  const hash = await hashUnless(newPassword, user.password, context);
  const previous = await browser.findPreviousSession();
  try {
    return await withTransaction(context, async (tx) => {
      const at = context.now();
      const generation = randomUUID();
      if (!(await recordSignIn(tx, userId, at))) throw new PasswordChangedError();
      // Of two changes at the same time, the first counts.
      const { count } = await tx.userPassword.updateMany({
        where: { userId, generation: passwordGeneration, changeRequired: true },
        data: { ...hash, generation, changeRequired: false, updatedAt: at },
      });
      if (count === 0) throw new PasswordChangedError();
      const sessionIds = await endSessions(tx, { userId }, at);
      await revokeGrantsOfSessions(tx, { userId }, at, "password_changed");
      const theirs = { ...context, actor: userActor({ id: userId, portalRole: null }) };
      await auditLogOf(tx, theirs).record({
        type: "password.changed",
        at,
        userId,
        details: { endedSessions: sessionIds.length },
      });
      const { username, email: to, locale } = user;
      await queueMessage(tx, theirs, { kind: "password_changed", to, userId, locale, values: { username } });
      return beginSignedIn(tx, context, {
        proofs: [{ method: "pwd", account: { userId, passwordGeneration: generation } }],
        browserId: browser.browserId,
        previousId: previous?.id,
      });
    });
  } catch (error) {
    if (error instanceof PasswordChangedError) return null;
    throw error;
  }
}

/** Before a transaction holds a connection. @throws ValidationError if it is the password that has to be changed */
async function hashUnless(password: string, present: StoredHash | null, context: ServiceContext): Promise<StoredHash> {
  const requester = toHashRequester(context);
  const place = enterHashQueue(requester);
  try {
    if (await verifyPassword(password, present, { place })) {
      throw new ValidationError({ newPassword: [problem("problems.password.same")] });
    }
  } finally {
    place.leave();
  }
  return hashPassword(password, requester);
}
