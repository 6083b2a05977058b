import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { toUserKey } from "@/lib/db/user-key";
import { problem } from "@/lib/messages/problem";
import { requireUser, type ServiceContext, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { queueMessage } from "../mail/queue-message";
import { mapUniqueViolation } from "../map-unique-violation";
import { normalized } from "../normalized";
import { parseInput } from "../parse";
import type { Sent, Wire } from "../wire";
import { checkCurrentPassword, lockCheckedPassword } from "./check-current-password";
import { countEmailChange } from "./count-email-change";
import { lockUsers } from "./find-user";
import { readEmail, userInput } from "./user-schema";

const emailChange = z.object({
  email: userInput.shape.email,
  currentPassword: z
    .string()
    .min(1, problem("problems.password.currentMissing"))
    .max(1000, problem("problems.password.incorrect")),
});

export const emailChangeSchema = normalized(emailChange, { email: readEmail });

export const changeEmailWire = { input: emailChange, output: null } satisfies Wire;

const taken = problem("problems.email.taken");

/**
 * Changes the signed-in user's email address. It can be used to sign in, so the password is required. A new address is
 * unverified.
 * @throws ValidationError by field, TooManyRequestsError
 */
export async function changeEmail(context: ServiceContext, input: Sent<typeof changeEmailWire>): Promise<void> {
  const userId = requireUser(context);
  const { email, currentPassword } = parseInput(emailChangeSchema, input);
  const password = await getPrisma().userPassword.findUnique({
    where: { userId },
    select: { scheme: true, hash: true, generation: true },
  });
  const holder = { userId, hash: password };
  // Before anything is revealed about other users' addresses.
  await checkCurrentPassword(context, holder, currentPassword, "email.change_refused");
  const emailKey = toUserKey(email);
  const isSame = (await getPrisma().user.count({ where: { id: userId, email } })) > 0;
  if (isSame) return;
  await countEmailChange(context, userId);
  await withTransaction(context, async (tx, audit) => {
    await lockUsers(tx, [userId]);
    // A concurrent change of the password must win: a user who knew the old one may not change the address.
    await lockCheckedPassword(tx, userId, password?.generation);
    const before = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { username: true, email: true, emailKey: true, emailVerified: true, locale: true },
    });
    if (before.email === email) return;
    // Either name can be used to sign in, so it must not be the other kind of name of another user.
    const others = await tx.user.count({
      where: { id: { not: userId }, OR: [{ usernameKey: emailKey }, { emailKey }] },
    });
    if (others > 0) throw new ValidationError({ email: [taken] });
    const emailVerified = before.emailVerified && before.emailKey === emailKey;
    const at = context.now();
    await tx.user
      .update({ where: { id: userId }, data: { email, emailKey, emailVerified, updatedAt: at }, select: { id: true } })
      .catch(mapUniqueViolation("email", taken));
    await audit.record({ type: "email.changed", at, userId });
    const { username, locale } = before;
    await queueMessage(tx, context, {
      kind: "email_changed",
      to: before.email,
      userId,
      locale,
      values: { username, newAddress: email },
    });
    await queueMessage(tx, context, { kind: "email_added", to: email, userId, locale, values: { username } });
  });
}
