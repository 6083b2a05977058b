import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { requirePermission, type ServiceContext, type Transaction, withTransaction } from "../../context";
import { ValidationError } from "../../errors";
import { parseInput } from "../../parse";
import { portalRoles } from "../../permissions";
import { requireRecentPassword } from "../../sessions/require-recent-password";
import type { Wire } from "../../wire";
import { requireManageableUser, userReferenceInput, whereUser } from "../find-user";
import { lastAdministrator, leavesAdministrator } from "./last-administrator";

export const portalRoleInput = z.object({
  ...userReferenceInput.shape,
  /** Null: none, a plain user. */
  portalRole: z.enum(portalRoles, problem("consoleProblems.users.role")).nullable(),
});

export const setPortalRoleWire = { input: portalRoleInput, output: null } satisfies Wire;

/**
 * Gives a user a portal role, or takes it away. It takes effect with their next request, in open sessions too.
 * @throws NotFoundError; ValidationError for `portalRole` if no administrator would be left who can sign in
 */
export async function setPortalRole(
  context: ServiceContext,
  input: { id: string; portalRole: string | null },
): Promise<void> {
  requirePermission(context, "roles:write");
  requireRecentPassword(context);
  const { id, portalRole } = parseInput(portalRoleInput, input);
  const where = whereUser(id);
  await withTransaction(context, async (tx, audit) => {
    // Before the row is locked, as everywhere: administrators are taken away one after the other.
    const leaves = await leavesAdministrator(tx, [id]);
    const user = await requireManageableUser(tx, context, id);
    if (user.portalRole === portalRole) return;
    if (user.portalRole === "administrator" && user.disabledAt === null && !leaves) {
      throw new ValidationError({ portalRole: [lastAdministrator().message] });
    }
    const at = context.now();
    if (portalRole !== null) await endPreparedAccess(tx, id);
    await tx.user.update({ where, data: { portalRole, updatedAt: at }, select: { id: true } });
    const details = { before: user.portalRole, after: portalRole };
    await audit.record({ type: "user.role_changed", at, userId: id, details });
  });
}

/** Those who manage plain users may know a reset link or a temporary password, and must not get a role with it. */
async function endPreparedAccess(tx: Transaction, userId: string): Promise<void> {
  const temporary = await tx.userPassword.count({ where: { userId, changeRequired: true } });
  if (temporary > 0) throw new ValidationError({ portalRole: [problem("consoleProblems.users.temporaryPassword")] });
  await tx.passwordResetLink.deleteMany({ where: { userId } });
}
