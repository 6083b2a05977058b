import "server-only";
import { z } from "zod";
import { confirmSession, type NewSession } from "@/lib/auth/session-store";
import { getPrisma } from "@/lib/db/prisma";
import { problem } from "@/lib/messages/problem";
import { requireUser, type ServiceContext, withTransaction } from "../context";
import { UnauthenticatedError } from "../errors";
import { parseInput } from "../parse";
import { checkCurrentPassword, lockCheckedPassword } from "../users/check-current-password";
import type { Sent, Wire } from "../wire";

export const passwordConfirmationSchema = z.object({
  currentPassword: z
    .string()
    .min(1, problem("problems.password.ownMissing"))
    .max(1000, problem("problems.password.incorrect")),
});

/** The answer goes into a cookie. */
export const confirmPasswordWire = { input: passwordConfirmationSchema, output: null } satisfies Wire;

/**
 * Proves that the calling session is still used by its user, so that they may take sensitive steps for a while. Its
 * token is replaced.
 * @throws ValidationError for `currentPassword`
 */
export async function confirmPassword(
  context: ServiceContext,
  input: Sent<typeof confirmPasswordWire>,
): Promise<NewSession> {
  const userId = requireUser(context);
  const { sessionId } = context;
  if (!sessionId) throw new UnauthenticatedError();
  const { currentPassword } = parseInput(passwordConfirmationSchema, input);
  const password = await getPrisma().userPassword.findUnique({
    where: { userId },
    select: { scheme: true, hash: true, generation: true },
  });
  await checkCurrentPassword(context, { userId, hash: password }, currentPassword, "password.confirmation_refused");
  return withTransaction(context, async (tx, audit) => {
    await lockCheckedPassword(tx, userId, password?.generation);
    const at = context.now();
    const session = await confirmSession(tx, { id: sessionId, userId }, at);
    if (!session) throw new UnauthenticatedError();
    await audit.record({ type: "password.confirmed", at, userId, details: { sessionId } });
    return session;
  });
}
