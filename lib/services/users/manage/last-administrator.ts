import "server-only";
import { problem } from "@/lib/messages/problem";
import type { Transaction } from "../../context";
import { ForbiddenError } from "../../errors";
import { lockAdministrators } from "../../setup/setup-link";

/**
 * Whether an administrator who can sign in is left without these users. To be called before their rows are locked:
 * administrators are taken away one after the other, in all processes.
 */
export async function leavesAdministrator(tx: Transaction, without: readonly string[]): Promise<boolean> {
  await lockAdministrators(tx);
  const other = await tx.user.findFirst({
    where: { portalRole: "administrator", disabledAt: null, id: { notIn: [...without] } },
    select: { id: true },
  });
  return other !== null;
}

export function lastAdministrator(): ForbiddenError {
  return new ForbiddenError(problem("consoleProblems.users.lastAdministrator"));
}
