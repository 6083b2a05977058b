import "server-only";
import { type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { whereApplication } from "./find-application";

/** Takes effect at once: every use of a token, code or secret looks at the application. */
export async function setApplicationDisabled(context: ServiceContext, id: string, disabled: boolean): Promise<void> {
  const where = whereApplication(context, id);
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    if (!(await tx.application.findFirst({ where, select: { id: true } }))) throw new NotFoundError("The application");
    const { count } = await tx.application.updateMany({
      where: { id, disabledAt: disabled ? null : { not: null } },
      // What an administrator has decided about an application stays with it, used or not.
      data: { disabledAt: disabled ? at : null, expiresAt: null },
    });
    if (count === 0) return;
    await audit.record({
      type: disabled ? "application.disabled" : "application.enabled",
      at,
      applicationId: id,
    });
  });
}
