import "server-only";
import { verifyPassword } from "@/lib/auth/password";
import { SignInThrottle, TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { describeWait } from "@/lib/describe-wait";
import { type ServiceContext, withTransaction } from "../context";
import { ValidationError } from "../errors";

export interface PasswordHolder {
  userId: string;
  username: string;
  hash: string | null;
}

/**
 * Whoever sits at an open session proves that it is theirs, before something is changed that gives the account away. Guesses
 * count as at the sign-in, and each wrong one is recorded as an event of type `refusal`.
 * @throws ValidationError for `currentPassword`
 */
export async function checkCurrentPassword(
  context: ServiceContext,
  { userId, username, hash }: PasswordHolder,
  password: string,
  refusal: string,
): Promise<void> {
  const throttle = new SignInThrottle(username, context.ipAddress ?? null);
  try {
    await throttle.countAttempt(context.now());
  } catch (error) {
    if (!(error instanceof TooManyAttemptsError)) throw error;
    const wait = describeWait(error.retryAfter);
    throw new ValidationError({ currentPassword: [`Too many attempts. Try again in ${wait}.`] });
  }
  if (await verifyPassword(password, hash)) return throttle.succeeded();
  await withTransaction(context, (_tx, audit) => audit.record({ type: refusal, at: context.now(), userId }));
  throw new ValidationError({ currentPassword: ["This is not your current password."] });
}
