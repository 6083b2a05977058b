import "server-only";
import { z } from "zod";
import { hashPassword, verifyPassword } from "@/lib/auth/password";
import { findPasswordProblem } from "@/lib/auth/password-policy";
import { SignInThrottle, TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { getPrisma } from "@/lib/db/prisma";
import { describeWait } from "@/lib/describe-wait";
import { requirePerson, type ServiceContext, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { parseInput } from "../parse";
import { endSessionsOf, revokeWhatBeganIn } from "../sessions/end-sessions";

const passwordChangeSchema = z.object({
  currentPassword: z.string().min(1, "Enter your current password.").max(1000, "This is not your password."),
  newPassword: z.string().min(1, "Enter a new password."),
});

export type PasswordChange = z.input<typeof passwordChangeSchema>;

/**
 * Changes the password of whoever is signed in. Whoever knew the old one may have used it, so all sessions and all that
 * applications hold for this person end with it, in one transaction (ASVS 7.4.3); the caller gives the browser that asked
 * a new session. Throws `ValidationError` by field.
 */
export async function changePassword(context: ServiceContext, input: PasswordChange): Promise<void> {
  const userId = requirePerson(context);
  const { currentPassword, newPassword } = parseInput(passwordChangeSchema, input);
  const user = await getPrisma().user.findUniqueOrThrow({
    where: { id: userId },
    select: { username: true, email: true, password: { select: { hash: true } } },
  });
  const problem = findPasswordProblem(newPassword, [user.username, user.email]);
  if (problem) throw new ValidationError({ newPassword: [problem] });
  const currentHash = user.password?.hash ?? null;
  if (!(await isCurrentPassword(context, user.username, currentPassword, currentHash))) {
    await withTransaction(context, (_tx, audit) =>
      audit.record({ type: "password.change_refused", at: context.now(), userId }),
    );
    throw new ValidationError({ currentPassword: ["This is not your current password."] });
  }
  if (newPassword === currentPassword) {
    throw new ValidationError({ newPassword: ["This is your password already: choose another one."] });
  }
  // Hashed before a transaction holds a connection.
  const hash = await hashPassword(newPassword);
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    // Guarded by the hash that was checked: of two changes at the same moment one counts.
    const { count } = await tx.userPassword.updateMany({
      where: { userId, hash: currentHash ?? "" },
      data: { hash },
    });
    if (count === 0) throw new ValidationError({ currentPassword: ["Your password was changed meanwhile."] });
    const sessionIds = await endSessionsOf(tx, { userId }, at);
    await revokeWhatBeganIn(tx, { userId }, at, "password_changed");
    await audit.record({ type: "password.changed", at, userId, details: { endedSessions: sessionIds.length } });
  });
}

/** Someone else at an open session guesses here as they would at the sign-in: the same limits count. */
async function isCurrentPassword(
  context: ServiceContext,
  username: string,
  password: string,
  hash: string | null,
): Promise<boolean> {
  const throttle = new SignInThrottle(username, context.ipAddress ?? null);
  try {
    await throttle.countAttempt(context.now());
  } catch (error) {
    if (!(error instanceof TooManyAttemptsError)) throw error;
    const wait = describeWait(error.retryAfter);
    throw new ValidationError({ currentPassword: [`Too many attempts. Try again in ${wait}.`] });
  }
  if (!(await verifyPassword(password, hash))) return false;
  await throttle.succeeded();
  return true;
}
