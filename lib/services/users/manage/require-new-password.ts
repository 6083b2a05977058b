import "server-only";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import { problem } from "@/lib/messages/problem";
import { requirePermission, type ServiceContext, withTransaction } from "../../context";
import { ValidationError } from "../../errors";
import type { Sent, Wire } from "../../wire";
import { requireManageableUser, userReferenceInput } from "../find-user";

export const requireNewPasswordWire = { input: userReferenceInput, output: null } satisfies Wire;

/**
 * After the next sign-in the user has to choose another password before anything else; for that, their sessions end
 * now. What applications hold ends when the password changes.
 * @throws ValidationError if the user has no password
 */
export async function requireNewPassword(
  context: ServiceContext,
  { id }: Sent<typeof requireNewPasswordWire>,
): Promise<void> {
  requirePermission(context, "users:write");
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const { id: userId } = await requireManageableUser(tx, context, id);
    const { count } = await tx.userPassword.updateMany({ where: { userId }, data: { changeRequired: true } });
    if (count === 0) throw new ValidationError({ form: [problem("consoleProblems.users.noPassword")] });
    await endSessions(tx, { userId }, at);
    await audit.record({ type: "user.password_change_required", at, userId });
  });
}
