import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { toUserKey } from "@/lib/db/user-key";
import { requireUser, type ServiceContext, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { mapUniqueViolation } from "../map-unique-violation";
import { normalized } from "../normalized";
import { parseInput } from "../parse";
import type { Sent, Wire } from "../wire";
import { checkCurrentPassword, lockCheckedPassword } from "./check-current-password";
import { readEmail, userInput } from "./user-schema";

const emailChange = z.object({
  email: userInput.shape.email,
  currentPassword: z.string().min(1, "Enter your current password.").max(1000, "Incorrect password."),
});

export const emailChangeSchema = normalized(emailChange, { email: readEmail });

export const changeEmailWire = { input: emailChange, output: null } satisfies Wire;

const taken = "That e-mail address is already taken.";

/**
 * Changes the address of whoever is signed in, which also signs in: the password is asked for. A new one counts as not
 * verified. Throws `ValidationError` by field.
 */
export async function changeEmail(context: ServiceContext, input: Sent<typeof changeEmailWire>): Promise<void> {
  const userId = requireUser(context);
  const { email, currentPassword } = parseInput(emailChangeSchema, input);
  const password = await getPrisma().userPassword.findUnique({
    where: { userId },
    select: { scheme: true, hash: true, generation: true },
  });
  const holder = { userId, hash: password };
  // Before anything is said of other people's addresses.
  await checkCurrentPassword(context, holder, currentPassword, "email.change_refused");
  const emailKey = toUserKey(email);
  await withTransaction(context, async (tx, audit) => {
    // A change of the password that comes in between must win: who knew the old one may not move the address.
    await lockCheckedPassword(tx, userId, password?.generation);
    const before = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true, emailKey: true, emailVerified: true },
    });
    if (before.email === email) return;
    // Either name signs in, so it must be free as the other kind too.
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
  });
}
