import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { type ServiceContext, type Transaction, toRole, withTransaction } from "../context";
import { ForbiddenError, NotFoundError } from "../errors";
import { parseInput } from "../parse";
import type { Sent, Wire } from "../wire";
import { applicationReference, whereApplication } from "./find-application";

export const setApplicationDisabledWire = {
  input: z.object({ ...applicationReference.shape, disabled: z.boolean() }),
  output: null,
} satisfies Wire;

/**
 * Takes effect immediately: every use of a token, code or secret checks the application. Only an administrator can
 * enable what an administrator disabled; an administrator who disables an application that its owner has already
 * disabled takes it over.
 */
export async function setApplicationDisabled(
  context: ServiceContext,
  input: Sent<typeof setApplicationDisabledWire>,
): Promise<void> {
  const where = whereApplication(context, input.id, "applications:write");
  const { id, disabled } = parseInput(setApplicationDisabledWire.input, input);
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    if (!(await tx.application.findFirst({ where, select: { id: true } }))) throw new NotFoundError("application");
    if (!(await (disabled ? disable(context, tx, id, at) : enable(context, tx, id)))) return;
    await audit.record({
      type: disabled ? "application.disabled" : "application.enabled",
      at,
      applicationId: id,
      details: { by: toRole(context) },
    });
  });
}

/**
 * One guarded statement each, so that an owner who enables can't override an administrator who disables. An application
 * that registered itself no longer expires after that, used or not.
 */
async function disable(context: ServiceContext, tx: Transaction, id: string, at: Date): Promise<boolean> {
  const disabledBy = toRole(context);
  const takesOver = disabledBy === "administrator" ? [{ disabledBy: "owner" as const }] : [];
  const { count } = await tx.application.updateMany({
    where: { id, OR: [{ disabledAt: null }, ...takesOver] },
    data: { disabledAt: at, disabledBy, expiresAt: null, updatedAt: at },
  });
  return count > 0;
}

async function enable(context: ServiceContext, tx: Transaction, id: string): Promise<boolean> {
  const lifts = toRole(context) === "administrator" ? {} : { disabledBy: "owner" as const };
  const { count } = await tx.application.updateMany({
    where: { id, disabledAt: { not: null }, ...lifts },
    data: { disabledAt: null, disabledBy: null, expiresAt: null, updatedAt: context.now() },
  });
  if (count === 0 && (await tx.application.count({ where: { id, disabledAt: { not: null } } })) > 0) {
    throw new ForbiddenError(problem("consoleProblems.applications.disabled"));
  }
  return count > 0;
}
