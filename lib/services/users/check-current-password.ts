import "server-only";
import { randomUUID } from "node:crypto";
import { enterHashQueue, verifyPassword } from "@/lib/auth/password";
import type { StoredHash } from "@/lib/auth/password-schemes/scheme";
import { lockPassword, PasswordChangedError } from "@/lib/auth/session-store";
import { SignInThrottle, TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { toWaitingMinutes } from "@/lib/describe-wait";
import { AbandonedError, type Place, QueueBusyError } from "@/lib/limits/fair-queue";
import { problem } from "@/lib/messages/problem";
import { type ServiceContext, type Transaction, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { toHashRequester } from "./hash-requester";

export interface PasswordHolder {
  userId: string;
  hash: StoredHash | null;
}

type Refusal = "password.change_refused" | "password.confirmation_refused" | "email.change_refused";

/**
 * Makes the user of an open session prove that it is theirs, before a change that could give the account away. Guesses
 * count like at sign-in, but a session is known to the account: the limit on attempts from everywhere is for strangers,
 * so the session has its own. Each wrong guess is recorded as an event of type `refusal`.
 * @throws ValidationError for `currentPassword`
 */
export async function checkCurrentPassword(
  context: ServiceContext,
  { userId, hash }: PasswordHolder,
  password: string,
  refusal: Refusal,
): Promise<void> {
  const place = enterHashQueue(toHashRequester(context));
  try {
    await check(context, { userId, hash }, password, refusal, place);
  } finally {
    place.leave();
  }
}

async function check(
  context: ServiceContext,
  { userId, hash }: PasswordHolder,
  password: string,
  refusal: Refusal,
  place: Place,
): Promise<void> {
  const { ipAddress = null, sessionId = null } = context;
  const knownBrowser = sessionId === null ? null : `session ${sessionId}`;
  const throttle = new SignInThrottle({ userId, name: null, ipAddress, knownBrowser });
  try {
    await throttle.countAttempt(context.now());
  } catch (error) {
    if (!(error instanceof TooManyAttemptsError)) throw error;
    const minutes = toWaitingMinutes(error.retryAfter);
    throw new ValidationError({ currentPassword: [problem("problems.password.attempts", { minutes })] });
  }
  const fits = await verifyPassword(password, hash, { place }).catch(async (error) => {
    if (error instanceof QueueBusyError || error instanceof AbandonedError) await throttle.giveBack();
    throw error;
  });
  if (fits) return throttle.succeeded();
  await withTransaction(context, (_tx, audit) => audit.record({ type: refusal, at: context.now(), userId }));
  throw new ValidationError({ currentPassword: [problem("problems.password.incorrect")] });
}

/** For a change by the password that was just checked: if it has been changed meanwhile, that change wins. */
export async function lockCheckedPassword(tx: Transaction, userId: string, generation?: string): Promise<void> {
  try {
    await lockPassword(tx, userId, generation ?? randomUUID());
  } catch (error) {
    throw error instanceof PasswordChangedError ? passwordChanged() : error;
  }
}

export function passwordChanged(): ValidationError {
  return new ValidationError({ currentPassword: [problem("problems.password.changed")] });
}
